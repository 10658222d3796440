import { sql } from 'kysely';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** What these tasks, schedules and API keys are called, by id; the ones that are gone are missing. At most 200 ids count. */
export async function nameTargets(
  database: Database,
  actor: Actor,
  orgId: string,
  ids: string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = sql<boolean>`id = any(${[...new Set(ids)].slice(0, 200)}::uuid[])`;
  const rows = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select(['id', 'title as name'])
      .where('org_id', '=', orgId)
      .where(wanted)
      .unionAll(
        tx.db
          .selectFrom('schedules')
          .select(['id', 'name'])
          .where('org_id', '=', orgId)
          .where(wanted),
      )
      .unionAll(
        tx.db
          .selectFrom('api_keys')
          .select(['id', 'name'])
          .where('org_id', '=', orgId)
          .where(wanted),
      )
      .execute(),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
