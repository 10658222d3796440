import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { taskSummaryColumns, toTaskSummary } from '../queries/task-rows.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { isTerminal, type TaskState } from '../tasks/states.ts';
import { appendCommandEvent } from './append-command-event.ts';
import { audit, type CommandContext, refusal } from './command-context.ts';

/**
 * Stops a task. One that no worker has is cancelled at once; a running one is asked to stop, which its worker does
 * within a second. Throws `not_found`, `forbidden`, `already_ended` or `cancel_already_requested`.
 */
export async function cancelTask(
  context: CommandContext,
  { orgId, taskId }: { orgId: string; taskId: string },
): Promise<TaskSummary> {
  const row = await asActor(context.database, context.actor, async (tx) => {
    // One conditional update decides: of two people, or a person and a worker, one wins cleanly.
    const updated = await tx.db
      .updateTable('tasks')
      .set((eb) => ({
        cancel_requested_at: eb.fn<Date>('now', []),
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
      .returning([...taskSummaryColumns, 'job_id', 'job_queue'])
      .executeTakeFirst();
    if (!updated) return undefined;
    if (updated.state === 'running') {
      await appendCommandEvent(tx, updated, 'cancel.requested', {});
      tx.announceAfterCommit('control', `${orgId}/${taskId}`);
    } else {
      await context.boss.cancel(updated.job_queue, updated.job_id, bossInTransaction(tx));
      await appendCommandEvent(tx, updated, 'task.ended', { state: 'cancelled', error: null });
    }
    const action = updated.state === 'running' ? 'task.cancel_requested' : 'task.cancelled';
    await audit(tx, context, { orgId, action, targetId: taskId });
    return updated;
  });
  if (!row) throw await whyNot(context, orgId, taskId);
  return toTaskSummary(row);
}

async function whyNot(context: CommandContext, orgId: string, taskId: string): Promise<AppError> {
  const task = await asActor(context.database, context.actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select(['state', 'cancel_requested_at'])
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .executeTakeFirst(),
  );
  if (!task) return new AppError('not_found', 'There is no such task, or you may not see it.');
  if (isTerminal(task.state as TaskState))
    return new AppError(
      'already_ended',
      `This task has already ${task.state === 'cancelled' ? 'been cancelled' : task.state}.`,
    );
  if (task.cancel_requested_at)
    return new AppError('cancel_already_requested', 'This task has already been asked to stop.');
  return refusal(context, orgId, undefined);
}
