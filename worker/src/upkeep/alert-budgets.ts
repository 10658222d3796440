import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { tell } from '@devsphere/shared/outgoing/tell.ts';
import type { PgBoss } from 'pg-boss';
import type { UpkeepJob } from './upkeep-job.ts';

export type BudgetAlertConfig = { everySeconds: number };

const defaults: BudgetAlertConfig = { everySeconds: 60 };

type Crossed = {
  org_id: string;
  alert_id: string;
  percent: number;
  spent_nano_usd: number;
  limit_nano_usd: number;
};

/**
 * Tells organisations whose spending crossed a threshold of their budget, once a month for each threshold, and lets those go
 * on that were stopped and have room again.
 */
export function budgetAlerts(
  database: Database,
  boss: PgBoss,
  { everySeconds }: BudgetAlertConfig = defaults,
): UpkeepJob {
  return {
    name: 'budget-alerts',
    everySeconds,
    runOnce: () =>
      asSystem(database, 'alert of budgets', async (tx) => {
        const { rows } = await tx.query<Crossed>('select * from app.cross_budget_thresholds()');
        for (const crossed of rows)
          await tell(tx, boss, {
            orgId: crossed.org_id,
            event: 'budget.alert',
            subject: 'budget',
            id: crossed.alert_id,
            extra: {
              percent: crossed.percent,
              spentNanoUsd: crossed.spent_nano_usd,
              limitNanoUsd: crossed.limit_nano_usd,
            },
          });
        const lifted = await tx.query(
          'delete from budget_stops where app.budget_left(org_id) > 0 returning org_id',
        );
        if (lifted.rowCount) tx.announceAfterCommit('queues', 'budgets');
        return { alerts: rows.length, lifted: lifted.rowCount ?? 0 };
      }),
  };
}
