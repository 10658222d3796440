import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { stopTask, type TaskKey } from '../stop-task.ts';
import { whyNotStopped } from '../why-not-steered.ts';
import {
  auditForOrganization,
  checkReason,
  type OperatorContext,
  recordAction,
} from './operator-context.ts';

/** Stops a task of any organisation. Throws as `cancelTask` does, and `invalid_request` without a reason. */
export async function operatorCancelTask(
  context: OperatorContext,
  { reason: given, ...key }: TaskKey & { reason: string },
): Promise<void> {
  const reason = checkReason(given);
  await asOperator(context.database, context.actor, async (tx) => {
    const action = await stopTask(tx, context.boss, key);
    if (!action)
      throw (
        (await whyNotStopped(tx, key)) ??
        new AppError('conflict', 'This task changed meanwhile. Look again.')
      );
    await auditForOrganization(tx, context, { orgId: key.orgId, action, targetId: key.taskId });
    await recordAction(tx, context, {
      action: 'task.cancelled',
      target: key.taskId,
      orgId: key.orgId,
      reason,
    });
  });
}
