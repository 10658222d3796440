import type { Logger } from '@devsphere/shared/log.ts';
import { createClaudeClient } from './claude/client.ts';
import type { WorkerEnv } from './env.ts';
import { mailOptions } from './mail/mail-options.ts';
import { createArtifactStore } from './storage/artifact-store.ts';
import { createFileStore } from './storage/file-store.ts';
import { UsageReport } from './upkeep/reconciliation/usage-report.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What a worker process is made of, by its settings. */
export function optionsOf(env: WorkerEnv, log: Logger): WorkerOptions {
  const storage =
    env.SUPABASE_URL && env.SUPABASE_PUBLISHABLE_KEY && env.SUPABASE_JWT_SECRET
      ? {
          supabaseUrl: env.SUPABASE_URL,
          publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
          jwtSecret: env.SUPABASE_JWT_SECRET,
        }
      : null;
  return {
    databaseUrl: env.DATABASE_URL,
    claude: createClaudeClient({ apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL }),
    agent:
      env.AGENT_URL && env.AGENT_SERVICE_TOKEN
        ? { url: env.AGENT_URL, token: env.AGENT_SERVICE_TOKEN }
        : null,
    artifactStore: storage && createArtifactStore(storage),
    files: storage && createFileStore(storage),
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
  };
}
