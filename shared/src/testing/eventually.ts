/**
 * Waits until `look` returns something other than undefined or false, asking again at short intervals; throws the
 * last error, or one naming what was awaited, when the time is up.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMilliseconds = 15_000,
): Promise<T> {
  const end = performance.now() + timeoutMilliseconds;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw last ?? new Error(`waited in vain: ${what}`);
}
