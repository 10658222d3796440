import { readEnv } from '@devsphere/shared/env.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { onShutdown } from '@devsphere/shared/shutdown.ts';
import { createClaudeClient } from './claude/client.ts';
import { workerEnv } from './env.ts';
import { armFailpoints } from './failpoints.ts';
import { startHealthServer } from './health-server.ts';
import { mailOptions } from './mail/mail-options.ts';
import { startWorker } from './start-worker.ts';
import { createArtifactStore } from './storage/artifact-store.ts';
import { createFileStore } from './storage/file-store.ts';
import { UsageReport } from './upkeep/reconciliation/usage-report.ts';

/** Beyond the grace, for closing connections. */
const secondsToClose = 10;

const env = readEnv(workerEnv, process.env);
armFailpoints(env.FAILPOINTS);
const log = createLogger('worker', env.LOG_LEVEL);
const worker = await startWorker({
  databaseUrl: env.DATABASE_URL,
  claude: createClaudeClient({ apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL }),
  agent:
    env.AGENT_URL && env.AGENT_SERVICE_TOKEN
      ? { url: env.AGENT_URL, token: env.AGENT_SERVICE_TOKEN }
      : null,
  artifactStore:
    env.SUPABASE_URL && env.SUPABASE_PUBLISHABLE_KEY && env.SUPABASE_JWT_SECRET
      ? createArtifactStore({
          supabaseUrl: env.SUPABASE_URL,
          publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
          jwtSecret: env.SUPABASE_JWT_SECRET,
        })
      : null,
  files:
    env.SUPABASE_URL && env.SUPABASE_PUBLISHABLE_KEY && env.SUPABASE_JWT_SECRET
      ? createFileStore({
          supabaseUrl: env.SUPABASE_URL,
          publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
          jwtSecret: env.SUPABASE_JWT_SECRET,
        })
      : null,
  mail: mailOptions(env),
  linkSecret: env.LINK_SECRET ?? null,
  outgoing: {
    keys: env.SECRETS_PRIVATE_KEYS,
    allowPrivateAddresses: env.WEBHOOK_ALLOW_PRIVATE,
    webUrl: env.PUBLIC_URL ?? env.WEB_URL,
  },
  claudeIdleSeconds: env.CLAUDE_IDLE_SECONDS,
  concurrency: env.WORKER_CONCURRENCY,
  name: `worker-${process.pid}`,
  probed: {
    web: env.WEB_URL,
    api: env.API_URL,
    agent: env.AGENT_URL,
    supabase: env.SUPABASE_URL,
    claude: env.ANTHROPIC_BASE_URL,
  },
  usageReport: env.ANTHROPIC_ADMIN_KEY
    ? new UsageReport({
        baseUrl: env.ANTHROPIC_BASE_URL,
        adminKey: env.ANTHROPIC_ADMIN_KEY,
        apiKey: env.ANTHROPIC_API_KEY,
      })
    : null,
  log,
});
const health = env.WORKER_HEALTH_PORT
  ? await startHealthServer(env.WORKER_HEALTH_PORT, worker.trouble)
  : null;
onShutdown(log, env.WORKER_GRACE_SECONDS + secondsToClose, [
  ['worker', () => worker.stop(env.WORKER_GRACE_SECONDS)],
  ['health', () => health?.stop()],
]);
log.info({ concurrency: env.WORKER_CONCURRENCY }, 'ready');
process.send?.('ready');
