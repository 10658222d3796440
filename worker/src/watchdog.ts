import { Worker } from 'node:worker_threads';

const beatMilliseconds = 1_000;

/**
 * Ends this process when its event loop has not turned for so many seconds. Such a process beats no more, so its tasks run
 * elsewhere already, and neither a signal nor a deadline of its own would ever free its memory and its connections.
 * Zero: never, as for somebody who stops it at breakpoints.
 */
export function startWatchdog(blockedSeconds: number): void {
  if (blockedSeconds === 0) return;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), beatMilliseconds).unref();
  const thread = new URL('./watchdog-thread.ts', import.meta.url);
  new Worker(thread, { workerData: { beats, blockedSeconds }, execArgv: [] }).unref();
}
