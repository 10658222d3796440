import type { Logger } from './log.ts';

/**
 * Runs the steps in order on SIGTERM, SIGINT, or when the parent process is gone, then exits: with 1 when they took
 * longer than `withinSeconds`, as they do when the database they say goodbye to does not answer.
 * A second signal exits at once. A step that fails is logged and the next one still runs. Returns what begins the same
 * without a signal, for a process whose work is done; it does nothing when that has begun.
 */
export function onShutdown(
  log: Logger,
  withinSeconds: number,
  steps: Array<[name: string, stop: () => unknown]>,
): (reason: string) => Promise<void> {
  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), withinSeconds * 1_000).unref();
    for (const [step, run] of steps) {
      try {
        await run();
      } catch (error) {
        log.error({ err: error, step }, 'stopping failed');
      }
    }
    log.flush(() => process.exit(0));
  };
  const obey = (reason: string) => {
    if (stopping) process.exit(1);
    void stop(reason);
  };
  process.on('SIGTERM', obey);
  process.on('SIGINT', obey);
  process.on('disconnect', () => obey('parent gone'));
  return stop;
}
