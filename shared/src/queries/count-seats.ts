import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** How many seats of its plan an organisation has taken: members, and open invitations when the actor may see them. */
export async function countSeats(database: Database, actor: Actor, orgId: string): Promise<number> {
  return asActor(database, actor, async (tx) => {
    const [members, invitations] = await Promise.all([
      tx.db
        .selectFrom('memberships')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('org_id', '=', orgId)
        .executeTakeFirstOrThrow(),
      tx.db
        .selectFrom('invitations')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('org_id', '=', orgId)
        .where('state', '=', 'pending')
        .where('expires_at', '>', new Date())
        .executeTakeFirstOrThrow(),
    ]);
    return members.count + invitations.count;
  });
}
