import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { placesOf } from './queues.ts';

/**
 * Cancels jobs of tasks wherever they wait. Not by the library's own command, which knows one queue: a job that a worker
 * moves at this moment would be missed.
 */
export async function cancelTaskJobs(
  tx: Tx,
  queue: string,
  jobIds: readonly string[],
): Promise<void> {
  await bossInTransaction(tx).db.executeSql(
    `update pgboss.job set state = 'cancelled', completed_on = now()
     where name = any($1) and id = any($2::uuid[]) and state < 'completed'`,
    [placesOf(queue), [...jobIds]],
  );
}
