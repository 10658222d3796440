import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { placesOf } from '../queue/queues.ts';

/** Counting goes no further: nobody waits for the exact number. */
const mostAhead = 1_000;

export type WaitingJob = {
  startAfter: Date;
  /** Whether operators hold its queue. */
  paused: boolean;
  /** Jobs of its organisation that go first. */
  ahead: number;
  orgId: string | null;
  taskId: string | null;
};

/** In the order an organisation's jobs are taken: by priority, then by age. Others' do not go first: they take turns. */
const statement = `
  with mine as (
    select priority, created_on, id, start_after, group_id, data from pgboss.job
    where name = any($3) and id = $2 and state < 'active'
  )
  select mine.start_after as "startAfter", app.queue_paused($1) as paused,
         mine.data ->> 'orgId' as "orgId", mine.data ->> 'taskId' as "taskId",
         (select count(*)::int from (
            select from pgboss.job j
            where j.name = $1 and coalesce(j.group_id, '') = coalesce(mine.group_id, '') and j.state < 'active'
              and not j.blocked and j.start_after <= now()
              and (j.priority > mine.priority
                   or j.priority = mine.priority and (j.created_on, j.id) < (mine.created_on, mine.id))
            limit ${mostAhead}) as earlier) as ahead
  from mine`;

const delivery = `
  select case when state = 'active' then greatest(started_on, heartbeat_on) end as "heardAt",
         case when state = 'active' then greatest(started_on, heartbeat_on) + make_interval(secs => heartbeat_seconds) end
           as "givenUpAt"
  from pgboss.job where name = any($1) and id = $2 and state in ('created', 'retry', 'active')`;

export type Delivery = {
  /** When the worker that holds the job was heard of last, and until when it may be silent; null while the job waits. */
  heardAt: Date | null;
  givenUpAt: Date | null;
};

/**
 * A job that waits, wherever it does, or is in a worker's hands, as the queue's owner sees it; undefined when it is over or
 * not there.
 */
export async function findDelivery(
  tx: Tx,
  queue: string,
  jobId: string,
): Promise<Delivery | undefined> {
  const { rows } = await bossInTransaction(tx).db.executeSql(delivery, [placesOf(queue), jobId]);
  return rows[0] as Delivery | undefined;
}

/** A job of a queue that waits, wherever it does, as the queue's owner sees it; undefined when it does not, or is not there. */
export async function findWaitingJob(
  tx: Tx,
  queue: string,
  jobId: string,
): Promise<WaitingJob | undefined> {
  const { rows } = await bossInTransaction(tx).db.executeSql(statement, [
    queue,
    jobId,
    placesOf(queue),
  ]);
  return rows[0] as WaitingJob | undefined;
}
