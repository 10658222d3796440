import { readEnv } from '@devsphere/shared/env.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { onShutdown } from '@devsphere/shared/shutdown.ts';
import { forkApart } from './apart/fork-apart.ts';
import { runOneJob } from './apart/run-one-job.ts';
import { workerEnv } from './env.ts';
import { armFailpoints } from './failpoints.ts';
import type { Handlers } from './handlers/handlers.ts';
import { startHealthServer } from './health-server.ts';
import { optionsOf } from './options-of.ts';
import { startWorker } from './start-worker.ts';
import { startWatchdog } from './watchdog.ts';

/** Beyond the grace, for closing connections. */
const secondsToClose = 10;

/** A worker process, from its settings to its orderly end; `program` is the file to start again for a job that runs apart. */
export async function runWorker(program: string, handlers?: Handlers): Promise<void> {
  const env = readEnv(workerEnv, process.env);
  armFailpoints(env.FAILPOINTS);
  startWatchdog(env.WORKER_BLOCKED_SECONDS);
  const log = createLogger('worker', env.LOG_LEVEL);
  const options = { ...optionsOf(env, log), ...(handlers && { handlers }) };
  const grace = env.WORKER_GRACE_SECONDS;
  if (env.WORKER_RUNS_ONE_JOB) {
    const job = await runOneJob(options);
    const end = onShutdown(log, grace + secondsToClose, [['job', () => job.stop(grace)]]);
    await job.done;
    return end('its one job has ended');
  }
  const worker = await startWorker({ ...options, apart: forkApart(program) });
  const health = env.WORKER_HEALTH_PORT
    ? await startHealthServer(env.WORKER_HEALTH_PORT, worker.trouble)
    : null;
  onShutdown(log, grace + secondsToClose, [
    ['worker', () => worker.stop(grace)],
    ['health', () => health?.stop()],
  ]);
  log.info({ concurrency: env.WORKER_CONCURRENCY }, 'ready');
  process.send?.('ready');
}
