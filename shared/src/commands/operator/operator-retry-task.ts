import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { requeueTask } from '../requeue-task.ts';
import type { TaskKey } from '../stop-task.ts';
import { whyNotRequeued } from '../why-not-steered.ts';
import {
  auditForOrganization,
  checkReason,
  type OperatorContext,
  recordAction,
} from './operator-context.ts';

/** Runs a task of any organisation again. Throws as `retryTask` does, and `invalid_request` without a reason. */
export async function operatorRetryTask(
  context: OperatorContext,
  { reason: given, ...key }: TaskKey & { reason: string },
): Promise<void> {
  const reason = checkReason(given);
  await asOperator(context.database, context.actor, async (tx) => {
    if (!(await requeueTask(tx, context.boss, key, 'retried by an operator')))
      throw (
        (await whyNotRequeued(tx, key)) ??
        new AppError('conflict', 'This task changed meanwhile. Look again.')
      );
    const { orgId, taskId } = key;
    await auditForOrganization(tx, context, { orgId, action: 'task.retried', targetId: taskId });
    await recordAction(tx, context, { action: 'task.retried', target: taskId, orgId, reason });
  });
}
