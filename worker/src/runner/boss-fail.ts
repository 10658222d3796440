import { affected } from '@devsphere/shared/queue/affected.ts';
import type { Db, PgBoss } from 'pg-boss';

/**
 * Fails a delivery with a retry decision of our own: pg-boss decides by the job's limits, so they are set first, by
 * the same fence. With `retries: 0` the job goes to its dead-letter queue. Returns how many jobs were affected.
 */
export async function bossFail(
  boss: PgBoss,
  db: Db,
  job: { queue: string; id: string; delivery: number },
  decision: { retries: number; delaySeconds: number },
  output: object,
): Promise<number> {
  await db.executeSql(
    `update pgboss.job set retry_limit = $1, retry_delay = $2, retry_backoff = false
     where name = $3 and id = $4 and state = 'active' and retry_count = $5`,
    [decision.retries, decision.delaySeconds, job.queue, job.id, job.delivery],
  );
  const target = { id: job.id, retryCount: job.delivery };
  return affected(await boss.fail(job.queue, target, output, { db }));
}
