import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from '@devsphere/shared/db/database-away.ts';

/** Between two tries; a restart of the database takes about two of them. */
const pauseMilliseconds = 500;

/**
 * Does `store` again and again while the database is away. Throws the last error when `signal` aborts or the patience is over,
 * and any other at once.
 */
export async function keepTrying(
  { signal, patienceMilliseconds }: { signal?: AbortSignal; patienceMilliseconds: number },
  store: (tries: number) => Promise<void>,
): Promise<void> {
  const until = performance.now() + patienceMilliseconds;
  for (let tries = 1; ; tries += 1) {
    try {
      return await store(tries);
    } catch (error) {
      if (signal?.aborted || performance.now() > until || !isDatabaseAway(error)) throw error;
      // Aborted meanwhile, the next failure is the last.
      await sleep(pauseMilliseconds, undefined, signal && { signal }).catch(() => {});
    }
  }
}

/**
 * Stores what was paid for while the work may go on: a model that has answered must not be asked twice because a row could not
 * be written. A commit whose reply was lost is found by `isStored`, so that nothing is written twice.
 */
export async function keepStoring(
  signal: AbortSignal,
  store: () => Promise<void>,
  isStored: () => Promise<boolean>,
): Promise<void> {
  const patienceMilliseconds = Number.POSITIVE_INFINITY;
  await keepTrying({ signal, patienceMilliseconds }, async (tries) => {
    if (tries > 1 && (await isStored())) return;
    await store();
  });
}
