import type { SharedTx, Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { announceEvents, eventColumns, type NewEvent, progressOf } from './append-events.ts';
import type { Claim } from './claim.ts';

/** An attempt that succeeded: what came of it, and the events that are not written yet. */
export type Success = { claim: Claim; output: unknown; events: readonly NewEvent[] };

/** The job of each is completed, fenced by its delivery: nothing of the transaction happens unless all are still ours. */
const complete = `
  with done as (
    update pgboss.job j set state = 'completed', completed_on = now(), output = '{"outcome": "succeeded"}'
    from unnest($2::uuid[], $3::int[]) as d (id, delivery)
    where j.name = $1 and j.id = d.id and j.state = 'active' and j.retry_count = d.delivery
    returning j.id
  )
  select app.fence((select count(*) from done), cardinality($2))`;

/** Task, attempt, remaining events and audit entry of each. Refuses with DS411 when somebody wants to be told of it. */
const settle = `
  with ended as (
    select * from unnest($2::uuid[], $3::int[], $4::jsonb[], $5::int[], $6::jsonb[], $7::uuid[])
      as e (id, attempt, output, events, progress, entry_id)
  ), task as (
    update tasks t
    set state = 'succeeded', output = e.output, error = null, ended_at = now(), event_seq = t.event_seq + e.events,
        progress = coalesce(e.progress, t.progress)
    from ended e where t.org_id = $1 and t.id = e.id and t.attempt = e.attempt and t.state = 'running'
    returning t.id, t.attempt, t.event_seq - e.events as before, e.entry_id
  ), told as (
    insert into task_events (org_id, task_id, seq, type, data)
    select $1, n.id, task.before + n.nth, n.type, n.data
    from unnest($8::uuid[], $9::int[], $10::text[], $11::jsonb[]) as n (id, nth, type, data) join task on task.id = n.id
  ), attempt as (
    update task_attempts a set state = 'succeeded', ended_at = now()
    from task where a.org_id = $1 and a.task_id = task.id and a.attempt = task.attempt
  ), entry as (
    insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id, detail)
    select $1, entry_id, 'task', id, 'task.succeeded', 'task', id, jsonb_build_object('attempt', attempt) from task
  )
  select app.fence((select count(*) from task), cardinality($2)), app.refuse_if_told($1, 'task.succeeded')`;

/** Gives the statements that complete the jobs of these attempts, as the queue's owner. */
export async function completeJobs(tx: Tx, successes: readonly Success[]): Promise<void> {
  const byQueue = Map.groupBy(successes, ({ claim }) => claim.queue);
  await Promise.all(
    [...byQueue].map(([queue, theirs]) =>
      tx.query(complete, [
        queue,
        theirs.map(({ claim }) => claim.jobId),
        theirs.map(({ claim }) => claim.delivery),
      ]),
    ),
  );
}

/**
 * Gives the statement that ends attempts of one organisation's tasks that succeeded, behind `completeJobs` and in a
 * transaction of these tasks.
 */
export async function settleSuccesses(
  tx: SharedTx,
  orgId: string,
  successes: readonly Success[],
): Promise<void> {
  const appends = successes.map(({ claim, events }) => ({
    claim,
    events: [
      ...events,
      { type: 'task.ended', data: { state: 'succeeded', error: null } } satisfies NewEvent,
    ],
  }));
  for (const { claim } of successes) announceEvents(tx, claim);
  await tx.query(settle, [
    orgId,
    successes.map(({ claim }) => claim.taskId),
    successes.map(({ claim }) => claim.attempt),
    successes.map(({ output }) => JSON.stringify(output)),
    appends.map(({ events }) => events.length),
    appends.map(({ events }) => progressOf(events)),
    successes.map(() => newId()),
    ...eventColumns(appends),
  ]);
}
