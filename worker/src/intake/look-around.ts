import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, type Tx } from '@devsphere/shared/db/doors.ts';
import { takenUpAfterSeconds } from '../clock/fire-schedules.ts';
import type { Controls } from './controls.ts';

export type QueueSight = { queue: string; ready: boolean; dueMilliseconds: number | null };

export type Sight = {
  queues: QueueSight[];
  /** When the next schedule fires, or an occurrence is to be taken up again; null while there is neither. */
  scheduleMilliseconds: number | null;
};

/**
 * Jobs of workers that are not heard from any more go back at once, written in place; those that pg-boss's own limit is
 * reached for are left to its supervisor.
 */
const recover = `
  with lost as (
    select name, id from pgboss.job
    where name = any($1) and state = 'active' and retry_count < retry_limit
      and (heartbeat_on + heartbeat_seconds * interval '1 second' < now()
           or started_on + expire_seconds * interval '1 second' < now())
    limit 1000 for update skip locked
  )
  update pgboss.job j set state = 'retry', start_after = now(), heartbeat_on = null
  from lost where j.name = lost.name and j.id = lost.id`;

/** Of each queue: whether anything could run, and when the next will, or the next that runs is given up. */
const lookAtQueues = `
  select q.name as queue,
         exists (select from pgboss.job where name = q.name and state = 'created' and blocked = false and start_after <= now())
           or exists (select from pgboss.job where name = q.name and state = 'retry' and blocked = false and start_after <= now())
           as ready,
         ceil(extract(epoch from least(created.due, retry.due, lost.due) - now()) * 1000)::float8 + 1 as due
  from unnest($1::text[]) as q (name)
  left join lateral (
    select start_after as due from pgboss.job
    where name = q.name and state = 'created' and blocked = false and start_after > now() order by start_after limit 1
  ) created on true
  left join lateral (
    select start_after as due from pgboss.job
    where name = q.name and state = 'retry' and blocked = false and start_after > now() order by start_after limit 1
  ) retry on true
  left join lateral (
    select min(heartbeat_on + heartbeat_seconds * interval '1 second') as due from pgboss.job
    where name = q.name and state = 'active' and heartbeat_on + heartbeat_seconds * interval '1 second' > now()
  ) lost on true`;

const nextSchedule = `
  select extract(epoch from least(
           (select min(next_run_at) from schedules where state = 'active'),
           (select min(claimed_at) + make_interval(secs => ${takenUpAfterSeconds}) from schedule_runs where state = 'pending')
         ) - now())::float8 * 1000 as due`;

/**
 * One look at everything a worker may have to do, in one transaction: with `judge` gives back what vanished workers held, sees which
 * queues have work and when more will be due, and reads the controls and the clock of schedules.
 */
export async function lookAround(
  database: Database,
  queues: readonly string[],
  controls: Controls,
  judge: boolean,
): Promise<Sight> {
  return asSeveral(database, { type: 'queue' }, async (tx) => {
    const recovered = judge && tx.query(recover, [queues]);
    const seen = tx.query<{ queue: string; ready: boolean; due: number | null }>(lookAtQueues, [
      queues,
    ]);
    tx.become({ type: 'system', reason: 'look around' });
    const read = controls.read(tx);
    const scheduled = askSchedules(tx);
    tx.commitAlong();
    const [, { rows }, , scheduleMilliseconds] = await Promise.all([
      recovered,
      seen,
      read,
      scheduled,
    ]);
    return {
      queues: rows.map(({ queue, ready, due }) => ({ queue, ready, dueMilliseconds: due })),
      scheduleMilliseconds,
    };
  });
}

async function askSchedules(tx: Tx): Promise<number | null> {
  const { rows } = await tx.query<{ due: number | null }>(nextSchedule);
  return rows[0]?.due ?? null;
}
