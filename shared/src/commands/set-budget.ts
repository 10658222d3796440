import { type Budget, type SetBudgetBody, setBudgetBody } from '../contracts/http/usage.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { getBudget } from '../queries/get-budget.ts';
import { validate } from '../validate.ts';
import { audit, type CommandContext, refusal, sqlState } from './command-context.ts';
import { wakeWaitingTasks } from './pausing/wake-waiting-tasks.ts';

/**
 * Sets what an organisation may spend in a month, and at which parts of it people are told; holds from the next
 * submission on, and lets work go on that the old one had stopped. Throws `invalid_request` for more than the plan includes, `not_found` or `forbidden`.
 */
export async function setBudget(
  context: CommandContext,
  { orgId, ...body }: SetBudgetBody & { orgId: string },
): Promise<Budget> {
  const wanted = validate(setBudgetBody, body);
  const alertPercents = [...new Set(wanted.alertPercents)].sort((a, b) => a - b);
  const { database, actor } = context;
  const before = await getBudget(database, actor, orgId);
  if (wanted.monthlyLimitNanoUsd > before.planLimitNanoUsd) {
    const most = `At most $${before.planLimitNanoUsd / 1e9}, which the plan includes`;
    throw new AppError('invalid_request', `monthlyLimitNanoUsd: ${most}.`, {
      fields: [{ field: 'monthlyLimitNanoUsd', message: most }],
    });
  }
  try {
    await asActor(database, actor, async (tx) => {
      await tx.query(
        `insert into budgets (org_id, monthly_limit_nano_usd, alert_percents, updated_by) values ($1, $2, $3, $4)
         on conflict (org_id) do update set monthly_limit_nano_usd = excluded.monthly_limit_nano_usd,
           alert_percents = excluded.alert_percents, updated_by = excluded.updated_by, updated_at = now()`,
        [orgId, wanted.monthlyLimitNanoUsd, alertPercents, actor.userId],
      );
      // If it is spent all the same, the next call stops it again.
      await tx.query('delete from budget_stops where org_id = $1', [orgId]);
      await audit(tx, context, {
        orgId,
        action: 'budget.set',
        targetId: orgId,
        changes: {
          before: {
            monthlyLimitNanoUsd: before.monthlyLimitNanoUsd,
            alertPercents: before.alertPercents.join(', '),
          },
          after: {
            monthlyLimitNanoUsd: wanted.monthlyLimitNanoUsd,
            alertPercents: alertPercents.join(', '),
          },
        },
      });
    });
  } catch (error) {
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'budgets.manage', error);
    throw error;
  }
  await wakeWaitingTasks(context, orgId);
  return getBudget(database, actor, orgId);
}
