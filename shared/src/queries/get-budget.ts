import type { Budget } from '../contracts/http/usage.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';

type Row = {
  limit_nano_usd: number;
  plan_limit_nano_usd: number;
  spent_nano_usd: number;
  reserved_nano_usd: number;
  alert_percents: number[] | null;
};

/** The budget of an organisation and what became of it this month. Throws `not_found` to whoever may not read its usage. */
export async function getBudget(database: Database, actor: Actor, orgId: string): Promise<Budget> {
  const { rows } = await asActor(database, actor, (tx) =>
    tx.query<Row>(
      `select s.*, b.alert_percents from app.budget_state($1) s left join budgets b on b.org_id = $1`,
      [orgId],
    ),
  );
  const [row] = rows;
  if (!row)
    throw new AppError('not_found', 'There is no such organisation, or you do not belong to it.');
  return {
    monthlyLimitNanoUsd: row.limit_nano_usd,
    planLimitNanoUsd: row.plan_limit_nano_usd,
    spentNanoUsd: row.spent_nano_usd,
    reservedNanoUsd: row.reserved_nano_usd,
    alertPercents: row.alert_percents ?? [50, 80, 100],
  };
}
