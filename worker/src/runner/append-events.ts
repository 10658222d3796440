import type {
  TaskEventData,
  TaskEventType,
} from '@devsphere/shared/contracts/events/task-event.ts';
import type { Tx } from '@devsphere/shared/db/doors.ts';
import { type Claim, ClaimLost } from './claim.ts';

export type NewEvent = { [T in TaskEventType]: { type: T; data: TaskEventData<T> } }[TaskEventType];

/**
 * Appends events of an attempt in order. Raising the sequence locks the row and checks the attempt, so this is also
 * the fence of whatever else the transaction writes. Throws `ClaimLost` when the attempt is no longer the current one.
 */
export async function appendEvents(tx: Tx, claim: Claim, events: NewEvent[]): Promise<void> {
  const progress = events.findLast((event) => event.type === 'progress')?.data;
  const { rowCount } = await tx.query(
    `with task as (
       update tasks set event_seq = event_seq + $4, progress = coalesce($5::jsonb, progress)
       where org_id = $1 and id = $2 and attempt = $3 and state = 'running'
       returning event_seq
     )
     insert into task_events (org_id, task_id, seq, type, data)
     select $1, $2, task.event_seq - $4 + e.position, e.type, e.data
     from task, unnest($6::text[], $7::jsonb[]) with ordinality as e(type, data, position)`,
    [
      claim.orgId,
      claim.taskId,
      claim.attempt,
      events.length,
      progress ? JSON.stringify(progress) : null,
      events.map((event) => event.type),
      events.map((event) => JSON.stringify(event.data)),
    ],
  );
  if (rowCount !== events.length) throw new ClaimLost();
  tx.announceAfterCommit('events', `${claim.orgId}/${claim.taskId}`);
}
