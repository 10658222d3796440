import type { ConcurrencyOverride } from '../contracts/plan.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** What operators let run at once instead of the plan's number; null while that holds, and for what the actor can't see. */
export async function getConcurrencyOverride(
  database: Database,
  actor: Actor,
  orgId: string,
): Promise<ConcurrencyOverride | null> {
  const row = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('concurrency_overrides')
      .select(['concurrent_tasks', 'set_at'])
      .where('org_id', '=', orgId)
      .executeTakeFirst(),
  );
  return row ? { concurrentTasks: row.concurrent_tasks, setAt: row.set_at.toISOString() } : null;
}
