import type {
  TaskEventData,
  TaskEventType,
} from '@devsphere/shared/contracts/events/task-event.ts';
import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { Claim } from './claim.ts';

export type NewEvent = { [T in TaskEventType]: { type: T; data: TaskEventData<T> } }[TaskEventType];

/** What one attempt has to say. */
export type Append = { claim: Claim; events: readonly NewEvent[] };

/**
 * Appends events of tasks of one organisation, each task's in order. Raising the sequence locks the rows and checks the
 * attempts, so this is also the fence of whatever else the transaction writes: it fails unless every attempt is still
 * the current one.
 */
const appendAll = `
  with added as (
    select * from unnest($2::uuid[], $3::int[], $4::int[], $5::jsonb[]) as a (id, attempt, events, progress)
  ), task as (
    update tasks t set event_seq = t.event_seq + a.events, progress = coalesce(a.progress, t.progress)
    from added a where t.org_id = $1 and t.id = a.id and t.attempt = a.attempt and t.state = 'running'
    returning t.id, t.event_seq - a.events as before
  ), told as (
    insert into task_events (org_id, task_id, seq, type, data)
    select $1, n.id, task.before + n.nth, n.type, n.data
    from unnest($6::uuid[], $7::int[], $8::text[], $9::jsonb[]) as n (id, nth, type, data) join task on task.id = n.id
  )
  select app.fence((select count(*) from task), cardinality($2))`;

/** Gives the statement that appends events of tasks of one organisation, in a transaction of these tasks. */
export async function appendEvents(
  tx: Pick<Tx, 'query' | 'announceAfterCommit'>,
  orgId: string,
  appends: readonly Append[],
): Promise<void> {
  for (const { claim } of appends) announceEvents(tx, claim);
  await tx.query(appendAll, [
    orgId,
    appends.map(({ claim }) => claim.taskId),
    appends.map(({ claim }) => claim.attempt),
    appends.map(({ events }) => events.length),
    appends.map(({ events }) => progressOf(events)),
    ...eventColumns(appends),
  ]);
}

/** Tells readers of a task, once it is committed, that there is more. */
export function announceEvents(tx: Pick<Tx, 'announceAfterCommit'>, claim: Claim): void {
  tx.announceAfterCommit('events', `${claim.orgId}/${claim.taskId}`);
}

/** The last progress that events tell of; null when none does. */
export function progressOf(events: readonly NewEvent[]): string | null {
  const last = events.findLast((event) => event.type === 'progress')?.data;
  return last ? JSON.stringify(last) : null;
}

/** Events as columns: whose, the how-manieth of its task's, what, and its data. */
export function eventColumns(appends: readonly Append[]): [string[], number[], string[], string[]] {
  const all = appends.flatMap(({ claim, events }) =>
    events.map((event, index) => ({ id: claim.taskId, nth: index + 1, event })),
  );
  return [
    all.map(({ id }) => id),
    all.map(({ nth }) => nth),
    all.map(({ event }) => event.type),
    all.map(({ event }) => JSON.stringify(event.data)),
  ];
}
