import { isMainThread } from 'node:worker_threads';

/** Loaded before a process of the lab, which was started with `--expose-gc`: tells its parent how much memory it needs. */
if (isMainThread) {
  process.on('message', (message) => {
    if (message !== 'memory') return;
    // Twice: what finalizers let go of in the first is free after the second.
    globalThis.gc?.();
    setImmediate(() => {
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      process.send?.({ bytes: heapUsed + external });
    });
  });
}
