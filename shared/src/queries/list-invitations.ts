import type {
  Invitation,
  InvitationPage,
  ListInvitationsQuery,
} from '../contracts/http/invitation.ts';
import { invitationStates } from '../contracts/http/invitation.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';

/** Those that can still be accepted or sent again: accepted ones are members, revoked ones are gone. */
const listed = ['pending', 'expired'];

/** One page of an organisation's open and expired invitations, newest first; empty for who may not manage members. */
export async function listInvitations(
  database: Database,
  actor: Actor,
  orgId: string,
  { before, limit }: ListInvitationsQuery,
): Promise<InvitationPage> {
  const rows = await asActor(database, actor, (tx) => {
    const select = selectInvitations(tx, orgId)
      .where('state', 'in', listed)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    return (before ? select.where('id', '<', before) : select).execute();
  });
  const page = rows.slice(0, limit);
  return {
    invitations: page.map(toInvitation),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** One invitation. Throws `not_found` when there is none or the actor may not manage members, alike. */
export async function getInvitation(
  database: Database,
  actor: Actor,
  orgId: string,
  id: string,
): Promise<Invitation> {
  const row = await asActor(database, actor, (tx) =>
    selectInvitations(tx, orgId).where('id', '=', id).executeTakeFirst(),
  );
  if (!row) throw new AppError('not_found', 'There is no such invitation, or you may not see it.');
  return toInvitation(row);
}

function selectInvitations(tx: Tx, orgId: string) {
  return tx.db
    .selectFrom('invitations')
    .select(['id', 'email', 'role', 'state', 'invited_by', 'created_at', 'mailed_at', 'expires_at'])
    .where('org_id', '=', orgId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectInvitations>['execute']>>[number];

function toInvitation(row: Row): Invitation {
  const state = invitationStates.find((known) => known === row.state) ?? 'expired';
  const isOver = state === 'pending' && row.expires_at.getTime() <= Date.now();
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    state: isOver ? 'expired' : state,
    invitedBy: row.invited_by,
    createdAt: row.created_at.toISOString(),
    mailedAt: row.mailed_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  };
}
