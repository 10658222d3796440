import { affected } from '@devsphere/shared/queue/affected.ts';
import type { Db, PgBoss } from 'pg-boss';
import type { Delivery } from './return-job.ts';

/**
 * Sends a job to its dead-letter queue, fenced by its delivery: pg-boss decides by the job's limit, which is used up first.
 * Returns how many jobs that were: none when it is no longer ours.
 */
export async function buryJob(
  boss: PgBoss,
  db: Db,
  { queue, id, delivery }: Delivery,
  output: object,
): Promise<number> {
  await db.executeSql(
    `update pgboss.job set retry_limit = 0 where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
    [queue, id, delivery],
  );
  return affected(await boss.fail(queue, { id, retryCount: delivery }, output, { db }));
}
