import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { readRedrive } from '../../queries/operator/preview-redrive.ts';
import { requeueTask } from '../requeue-task.ts';
import {
  auditForOrganization,
  checkReason,
  checkTaskQueue,
  type OperatorContext,
  recordAction,
} from './operator-context.ts';

/**
 * Puts the tasks behind dead letters back into their queue: exactly the ones a preview showed, all or none. Returns how
 * many. Throws `preview_stale` when anything has changed since, `conflict` when there are none, `not_found`, or
 * `invalid_request`.
 */
export async function redriveDeadLetters(
  context: OperatorContext,
  command: { queue: string; digest: string; reason: string },
): Promise<number> {
  const queue = checkTaskQueue(command.queue);
  const reason = checkReason(command.reason);
  return asOperator(context.database, context.actor, async (tx) => {
    const { redrivable, digest } = await readRedrive(tx, queue.deadLetter);
    if (digest !== command.digest) throw stale();
    if (redrivable.length === 0) throw new AppError('conflict', 'There is nothing to redrive.');
    for (const { task } of redrivable) {
      // Requeueing also removes the dead letter; of two operators, the slower one finds the state changed.
      if (!task || !(await requeueTask(tx, context.boss, task, 'redriven by an operator')))
        throw stale();
      const { orgId, taskId } = task;
      await auditForOrganization(tx, context, { orgId, action: 'task.retried', targetId: taskId });
    }
    await recordAction(tx, context, {
      action: 'dead_letters.redriven',
      target: queue.deadLetter,
      reason,
      detail: { tasks: redrivable.length },
    });
    return redrivable.length;
  });
}

function stale(): AppError {
  return new AppError(
    'preview_stale',
    'The dead letters changed since you looked. Nothing was done; look at the new preview.',
  );
}
