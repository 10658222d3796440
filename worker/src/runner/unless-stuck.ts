/** Closing calls takes a handler that was asked to stop a few round trips. */
const patienceMilliseconds = 5_000;

/**
 * What `work` comes to. Once `signal` is aborted it may take a few seconds more to close what it has open; beyond that it
 * is left behind, and this rejects: work that never ends must not hold a slot for ever. What it does later is stopped by the
 * fences of whatever it writes to.
 */
export async function unlessStuck<T>(
  work: Promise<T>,
  signal: AbortSignal,
  patience = patienceMilliseconds,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let leave: () => void = () => {};
  const stuck = new Promise<never>((_resolve, reject) => {
    leave = () => {
      const left = new Error(`a handler went on after it was stopped: ${signal.reason}`);
      timer = setTimeout(() => reject(left), patience);
    };
  });
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, stuck]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}
