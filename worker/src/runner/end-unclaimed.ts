import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { tell } from '@devsphere/shared/outgoing/tell.ts';
import type { PgBoss } from 'pg-boss';

export type UnclaimedTask = { orgId: string; taskId: string };

/** Ends a task that no worker has, and tells of it. The caller has locked its row. */
export async function endUnclaimed(
  tx: Tx,
  boss: PgBoss,
  { orgId, taskId }: UnclaimedTask,
  state: 'expired' | 'failed',
  error: TaskError,
): Promise<void> {
  const { rowCount } = await tx.query(
    `with task as (
       update tasks set state = $5, error = $3::jsonb, ended_at = now(), event_seq = event_seq + 1
       where org_id = $1 and id = $2 and state in ('waiting', 'queued') returning event_seq
     ), told as (
       insert into task_events (org_id, task_id, seq, type, data)
       select $1, $2, event_seq, 'task.ended', jsonb_build_object('state', $5::text, 'error', $3::jsonb) from task
     )
     insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id)
     select $1, $4, 'task', $2, 'task.' || $5, 'task', $2 from task`,
    [orgId, taskId, JSON.stringify(error), newId(), state],
  );
  if (rowCount !== 1) throw new Error('the task is not where it was');
  await tell(tx, boss, { orgId, event: `task.${state}`, subject: 'task', id: taskId });
  tx.announceAfterCommit('events', `${orgId}/${taskId}`);
}
