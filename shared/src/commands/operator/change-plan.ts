import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { bossInTransaction } from '../../queue/boss-in-transaction.ts';
import { moveToTier } from '../../queue/group-of.ts';
import { placesOf, queues } from '../../queue/queues.ts';
import {
  auditForOrganization,
  checkReason,
  type OperatorContext,
  recordAction,
} from './operator-context.ts';

const taskQueues = Object.values(queues).flatMap(({ name }) => placesOf(name));

/**
 * Gives an organisation another plan, which holds from its next request on: seats, budget and limits are asked of the plan
 * each time, and what waits in the queues is counted by the new one. A smaller one takes nothing away that is there. Throws `not_found`, `invalid_request`, or `conflict` when it
 * has the plan already.
 */
export async function changePlan(
  context: OperatorContext,
  { orgId, plan, reason: given }: { orgId: string; plan: string; reason: string },
): Promise<void> {
  const reason = checkReason(given);
  await asOperator(context.database, context.actor, async (tx) => {
    const known = await tx.db
      .selectFrom('plans')
      .select('plan')
      .where('plan', '=', plan)
      .executeTakeFirst();
    if (!known)
      throw new AppError('invalid_request', 'plan: There is no such plan.', {
        fields: [{ field: 'plan', message: 'There is no such plan' }],
      });
    const before = await tx.db
      .selectFrom('organizations')
      .select('plan')
      .where('org_id', '=', orgId)
      .where('deleted_at', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!before) throw new AppError('not_found', 'There is no such organisation.');
    if (before.plan === plan)
      throw new AppError('conflict', 'The organisation has this plan already. Look again.');
    await tx.db.updateTable('organizations').set({ plan }).where('org_id', '=', orgId).execute();
    await tx.query('delete from budget_stops where org_id = $1', [orgId]);
    await moveToTier(bossInTransaction(tx).db, taskQueues, { id: orgId, tier: plan });
    await auditForOrganization(tx, context, {
      orgId,
      action: 'organization.plan_changed',
      targetId: orgId,
      changes: { before: { plan: before.plan }, after: { plan } },
    });
    await recordAction(tx, context, {
      action: 'organization.plan_changed',
      target: plan,
      orgId,
      reason,
      detail: { before: before.plan },
    });
    tx.announceAfterCommit('queues', orgId);
  });
}
