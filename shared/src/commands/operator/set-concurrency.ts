import { z } from 'zod';
import { asOperator } from '../../db/as-operator.ts';
import type { Tx } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { validate } from '../../validate.ts';
import {
  auditForOrganization,
  checkReason,
  type OperatorContext,
  recordAction,
} from './operator-context.ts';

/** The same bounds as the table's. */
const overrideSchema = z.object({
  concurrentTasks: z
    .int('Whole numbers only')
    .min(1, 'At least 1; pause the organisation’s work to run none')
    .max(1_000, 'At most 1,000'),
});

/** Workers read all of them every two seconds: beyond that, plans are what should change. */
const mostOverrides = 1_000;

/**
 * Lets so many tasks of an organisation run at once instead of its plan's number, from now on and until it is lifted,
 * whichever plan it gets meanwhile. Fewer than run stops none: the next start when enough have ended. Throws
 * `invalid_request`, `not_found`, or `conflict` when that is what holds already, or as many organisations have one as may.
 */
export async function setConcurrency(
  context: OperatorContext,
  { orgId, reason: given, ...command }: { orgId: string; concurrentTasks: number; reason: string },
): Promise<void> {
  const reason = checkReason(given);
  const { concurrentTasks } = validate(overrideSchema, command);
  await asOperator(context.database, context.actor, async (tx) => {
    // Held first and read by a statement of its own: the second of two operators sees what the first set.
    const { rowCount } = await tx.query(
      'select from organizations where org_id = $1 and deleted_at is null for no key update',
      [orgId],
    );
    if (rowCount !== 1) throw new AppError('not_found', 'There is no such organisation.');
    const before = await whatHolds(tx, orgId);
    if (before.override === concurrentTasks)
      throw new AppError('conflict', 'This is what holds already. Look again.');
    if (before.override === null) await refuseTooMany(tx);
    await tx.query(
      `insert into concurrency_overrides (org_id, concurrent_tasks, reason, set_by) values ($1, $2, $3, $4)
       on conflict (org_id) do update
       set concurrent_tasks = excluded.concurrent_tasks, reason = excluded.reason, set_by = excluded.set_by, set_at = now()`,
      [orgId, concurrentTasks, reason, context.actor.userId],
    );
    await auditForOrganization(tx, context, {
      orgId,
      action: 'organization.concurrency_set',
      targetId: orgId,
      changes: {
        before: { concurrent_tasks: before.override ?? before.plan },
        after: { concurrent_tasks: concurrentTasks },
      },
    });
    await recordAction(tx, context, {
      action: 'organization.concurrency_set',
      target: String(concurrentTasks),
      orgId,
      reason,
      detail: { before: before.override, plan: before.plan },
    });
    tx.announceAfterCommit('queues', orgId);
  });
}

async function whatHolds(
  tx: Tx,
  orgId: string,
): Promise<{ plan: number; override: number | null }> {
  return tx.db
    .selectFrom('organizations as o')
    .innerJoin('plans as p', 'p.plan', 'o.plan')
    .leftJoin('concurrency_overrides as c', 'c.org_id', 'o.org_id')
    .select(['p.concurrent_tasks as plan', 'c.concurrent_tasks as override'])
    .where('o.org_id', '=', orgId)
    .executeTakeFirstOrThrow();
}

async function refuseTooMany(tx: Tx): Promise<void> {
  const { rowCount } = await tx.query('select from concurrency_overrides limit $1', [
    mostOverrides,
  ]);
  if (rowCount === mostOverrides)
    throw new AppError(
      'conflict',
      '1,000 organisations have an override. Lift one, or change plans.',
    );
}
