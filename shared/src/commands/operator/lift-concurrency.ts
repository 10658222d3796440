import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import {
  auditForOrganization,
  checkReason,
  type OperatorContext,
  recordAction,
} from './operator-context.ts';

/**
 * Takes an organisation's override away: as many tasks as its plan lets run at once from now on. Throws `invalid_request`,
 * or `conflict` when there is none.
 */
export async function liftConcurrency(
  context: OperatorContext,
  { orgId, reason: given }: { orgId: string; reason: string },
): Promise<void> {
  const reason = checkReason(given);
  await asOperator(context.database, context.actor, async (tx) => {
    const { rows } = await tx.query<{ override: number; plan: number }>(
      `delete from concurrency_overrides c using organizations o join plans p on p.plan = o.plan
       where c.org_id = $1 and o.org_id = c.org_id and o.deleted_at is null
       returning c.concurrent_tasks as override, p.concurrent_tasks as plan`,
      [orgId],
    );
    const [lifted] = rows;
    if (!lifted) throw new AppError('conflict', 'The plan’s own number holds already. Look again.');
    await auditForOrganization(tx, context, {
      orgId,
      action: 'organization.concurrency_lifted',
      targetId: orgId,
      changes: {
        before: { concurrent_tasks: lifted.override },
        after: { concurrent_tasks: lifted.plan },
      },
    });
    await recordAction(tx, context, {
      action: 'organization.concurrency_lifted',
      target: `${lifted.override} tasks at once`,
      orgId,
      reason,
      detail: { plan: lifted.plan },
    });
    tx.announceAfterCommit('queues', orgId);
  });
}
