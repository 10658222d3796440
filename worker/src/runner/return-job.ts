import type { Tx } from '@devsphere/shared/db/doors.ts';
import { bossInTransaction } from '@devsphere/shared/queue/boss-in-transaction.ts';
import { deliveriesLimit } from '@devsphere/shared/queue/queues.ts';

/** A delivery of a job as a worker holds it. */
export type Delivery = { queue: string; id: string; delivery: number };

/**
 * Puts a job back into its queue for a later delivery, fenced by this one. Not by the library's own command, which decides
 * by limits of its own and writes the job anew; its limit moves along, since a job may be held for days. Returns how many jobs that were: none when it is no longer ours.
 */
export async function returnJob(
  tx: Tx,
  { queue, id, delivery }: Delivery,
  delaySeconds: number,
  output: object,
): Promise<number> {
  const { rows } = await bossInTransaction(tx).db.executeSql(
    `update pgboss.job
     set state = 'retry', start_after = now() + make_interval(secs => $4), heartbeat_on = null, output = $5,
         retry_limit = greatest(retry_limit, retry_count + ${deliveriesLimit})
     where name = $1 and id = $2 and state = 'active' and retry_count = $3 returning id`,
    [queue, id, delivery, delaySeconds, JSON.stringify(output)],
  );
  return rows.length;
}
