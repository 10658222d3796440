import { sql } from 'kysely';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** What these API keys are called, by id; empty for a person who may not manage keys. At most 200 ids count. */
export async function listApiKeyNames(
  database: Database,
  person: Actor & { type: 'person' },
  orgId: string,
  ids: string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await asActor(database, person, (tx) =>
    tx.db
      .selectFrom('api_keys')
      .select(['id', 'name'])
      .where('org_id', '=', orgId)
      .where(sql<boolean>`id = any(${ids.slice(0, 200)}::uuid[])`)
      .execute(),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
