import type { Plan } from '../contracts/plan.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** Every plan, smallest first. */
export async function listPlans(database: Database, actor: Actor): Promise<Plan[]> {
  return asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('plans')
      .select([
        'plan',
        'name',
        'concurrent_tasks as concurrentTasks',
        'waiting_tasks as waitingTasks',
        'event_retention_days as eventRetentionDays',
        'seats',
        'monthly_budget_nano_usd as monthlyBudgetNanoUsd',
      ])
      .orderBy('position')
      .limit(50)
      .execute(),
  );
}
