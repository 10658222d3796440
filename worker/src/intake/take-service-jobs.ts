import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral } from '@devsphere/shared/db/doors.ts';
import { type TakenJob, type TakenRow, takenJob } from './taken-job.ts';
import { askWhatWaits, type WhatWaits } from './what-waits.ts';

/** What is due longest goes first; what waits for its time is not looked at, however much of it there is. */
const takeDue = `
  with due as (
    select id from (
      select id, start_after from pgboss.job
      where name = $1 and state = 'created' and blocked = false and start_after <= now()
      order by start_after limit $2 for update skip locked) as fresh
    union all
    select id from (
      select id, start_after from pgboss.job
      where name = $1 and state = 'retry' and blocked = false and start_after <= now()
      order by start_after limit $2 for update skip locked) as again
    limit $2
  )
  update pgboss.job j
  set state = 'active', started_on = now(), heartbeat_on = now(),
      retry_count = case when j.started_on is null then j.retry_count else j.retry_count + 1 end
  from due where j.name = $1 and j.id = due.id
  returning j.id, j.name, j.data, j.retry_count`;

/**
 * Takes at most so many jobs of a queue that is not one of tasks, and says what is left. A take waits for the disk: lost with the
 * server, the same delivery would be somebody else's as well.
 */
export async function takeServiceJobs<Payload>(
  database: Database,
  queue: string,
  free: number,
): Promise<{ jobs: TakenJob<Payload>[]; waits: WhatWaits }> {
  return asSeveral(database, { type: 'queue' }, async (tx) => {
    const taken = tx.query<TakenRow>(takeDue, [queue, free]);
    const asked = askWhatWaits(tx, queue, [queue]);
    tx.commitAlong();
    const [{ rows }, waits] = await Promise.all([taken, asked]);
    return { jobs: rows.map((row) => takenJob<Payload>(row)), waits };
  });
}
