import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** The id of the task that was submitted with an idempotency key. */
export async function findTaskByKey(
  database: Database,
  actor: Actor,
  orgId: string,
  idempotencyKey: string,
): Promise<string | undefined> {
  const row = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select('id')
      .where('org_id', '=', orgId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst(),
  );
  return row?.id;
}
