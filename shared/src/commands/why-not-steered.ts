import type { Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { isTerminal, retryableStates, type TaskState } from '../tasks/states.ts';
import type { TaskKey } from './stop-task.ts';

/** Why a task could not be stopped; undefined when its state would have allowed it, so the role must be missing. */
export async function whyNotStopped(tx: Tx, key: TaskKey): Promise<AppError | undefined> {
  const task = await stateOf(tx, key);
  if (!task) return noSuchTask();
  if (isTerminal(task.state as TaskState))
    return new AppError(
      'already_ended',
      `This task has already ${task.state === 'cancelled' ? 'been cancelled' : task.state}.`,
    );
  if (task.cancel_requested_at)
    return new AppError('cancel_already_requested', 'This task has already been asked to stop.');
  return undefined;
}

/** Why a task could not be put back into its queue; undefined when only a missing role explains it. */
export async function whyNotRequeued(tx: Tx, key: TaskKey): Promise<AppError | undefined> {
  const task = await stateOf(tx, key);
  if (!task) return noSuchTask();
  if ((retryableStates as readonly string[]).includes(task.state)) return undefined;
  return new AppError(
    'not_retryable',
    `A task that is ${task.state} can't be retried; only one that failed, expired or was cancelled.`,
  );
}

function stateOf(tx: Tx, { orgId, taskId }: TaskKey) {
  return tx.db
    .selectFrom('tasks')
    .select(['state', 'cancel_requested_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', taskId)
    .executeTakeFirst();
}

function noSuchTask(): AppError {
  return new AppError('not_found', 'There is no such task, or you may not see it.');
}
