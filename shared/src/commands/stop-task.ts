import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { tell } from '../outgoing/tell.ts';
import { cancelTaskJobs } from '../queue/cancel-task-jobs.ts';
import { appendCommandEvent } from './append-command-event.ts';

export type TaskKey = { orgId: string; taskId: string };

/**
 * Stops a task for whoever commands: one that no worker has is cancelled, a running one is asked to stop. Returns what
 * happened; undefined, having changed nothing, when the task can't be stopped (again) or isn't the actor's.
 */
export async function stopTask(
  tx: Tx,
  boss: PgBoss,
  { orgId, taskId }: TaskKey,
): Promise<'task.cancel_requested' | 'task.cancelled' | undefined> {
  // One conditional update decides: of two people, or a person and a worker, one wins cleanly.
  const updated = await tx.db
    .updateTable('tasks')
    .set((eb) => ({
      cancel_requested_at: eb.fn<Date>('now', []),
      // Why it waited is not how it ended.
      error: null,
      state: eb.case().when('state', '=', 'running').then('running').else('cancelled').end(),
      ended_at: eb
        .case()
        .when('state', '=', 'running')
        .then(null)
        .else(eb.fn<Date>('now', []))
        .end(),
      event_seq: eb('event_seq', '+', 1),
    }))
    .where('org_id', '=', orgId)
    .where('id', '=', taskId)
    .where('state', 'in', ['queued', 'waiting', 'running'])
    .where('cancel_requested_at', 'is', null)
    .returning(['org_id', 'id', 'state', 'event_seq', 'job_id', 'job_queue'])
    .executeTakeFirst();
  if (!updated) return undefined;
  if (updated.state === 'running') {
    await appendCommandEvent(tx, updated, 'cancel.requested', {});
    tx.announceAfterCommit('control', `${orgId}/${taskId}`);
    return 'task.cancel_requested';
  }
  await cancelTaskJobs(tx, updated.job_queue, [updated.job_id]);
  await appendCommandEvent(tx, updated, 'task.ended', { state: 'cancelled', error: null });
  await tell(tx, boss, { orgId, event: 'task.cancelled', subject: 'task', id: taskId });
  return 'task.cancelled';
}
