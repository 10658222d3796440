import { readEnv } from '@devsphere/shared/env.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { onShutdown } from '@devsphere/shared/shutdown.ts';
import { createClaudeClient } from './claude/client.ts';
import { workerEnv } from './env.ts';
import { startWorker } from './start-worker.ts';

const env = readEnv(workerEnv, process.env);
const log = createLogger('worker', env.LOG_LEVEL);
const worker = await startWorker({
  databaseUrl: env.DATABASE_URL,
  claude: createClaudeClient({ apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL }),
  claudeIdleSeconds: env.CLAUDE_IDLE_SECONDS,
  concurrency: env.WORKER_CONCURRENCY,
  name: `worker-${process.pid}`,
  log,
});
onShutdown(log, [['worker', () => worker.stop(env.WORKER_GRACE_SECONDS)]]);
log.info({ concurrency: env.WORKER_CONCURRENCY }, 'ready');
process.send?.('ready');
