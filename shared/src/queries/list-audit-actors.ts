import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import type { PersonName } from './list-people.ts';

/** The people of an organisation by name, to choose from; at most 500. */
export async function listAuditActors(
  database: Database,
  actor: Actor,
  orgId: string,
): Promise<PersonName[]> {
  return asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('memberships as m')
      .innerJoin('profiles as p', 'p.user_id', 'm.user_id')
      .select(['p.user_id as userId', 'p.display_name as displayName'])
      .where('m.org_id', '=', orgId)
      .orderBy('p.display_name')
      .limit(500)
      .execute(),
  );
}
