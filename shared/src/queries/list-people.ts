import { sql } from 'kysely';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

export type PersonName = { userId: string; displayName: string };

/** Names of the people with these ids. Those the actor shares no organisation with are missing from the answer. */
export async function listPeople(
  database: Database,
  actor: Actor & { type: 'person' },
  userIds: string[],
): Promise<PersonName[]> {
  if (userIds.length === 0) return [];
  return asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('profiles')
      .select(['user_id as userId', 'display_name as displayName'])
      // One array, one prepared statement, however many ids.
      .where(sql<boolean>`user_id = any(${userIds.slice(0, 200)}::uuid[])`)
      .execute(),
  );
}
