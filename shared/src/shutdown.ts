import type { Logger } from './log.ts';

/**
 * Runs the steps in order on SIGTERM, SIGINT, or when the parent process is gone, then exits: with 1 when they took
 * longer than `withinSeconds`, as they do when the database they say goodbye to does not answer.
 * A second signal exits at once. A step that fails is logged and the next one still runs.
 */
export function onShutdown(
  log: Logger,
  withinSeconds: number,
  steps: Array<[name: string, stop: () => unknown]>,
): void {
  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) process.exit(1);
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
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  process.on('disconnect', () => void stop('parent gone'));
}
