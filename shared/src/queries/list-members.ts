import { sql } from 'kysely';
import type { ListMembersQuery, MemberPage } from '../contracts/http/member.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** One page of an organisation's members, in the order they joined. */
export async function listMembers(
  database: Database,
  actor: Actor,
  orgId: string,
  { after, limit }: ListMembersQuery,
): Promise<MemberPage> {
  const rows = await asActor(database, actor, (tx) => {
    const select = tx.db
      .selectFrom('memberships')
      .innerJoin('profiles', 'profiles.user_id', 'memberships.user_id')
      .select([
        'memberships.user_id as userId',
        'profiles.display_name as displayName',
        'profiles.email as email',
        'memberships.role as role',
        'memberships.created_at as joinedAt',
      ])
      .where('memberships.org_id', '=', orgId)
      .orderBy('memberships.created_at')
      .orderBy('memberships.user_id')
      .limit(limit + 1);
    if (!after) return select.execute();
    return select
      .where(
        sql<boolean>`(memberships.created_at, memberships.user_id) > (
          select m.created_at, m.user_id from memberships m where m.org_id = ${orgId} and m.user_id = ${after})`,
      )
      .execute();
  });
  const page = rows.slice(0, limit);
  return {
    members: page.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })),
    nextCursor: rows.length > limit ? (page.at(-1)?.userId ?? null) : null,
  };
}
