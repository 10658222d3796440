import type { MemberRole } from '../access/permissions.ts';
import { asActor } from '../db/doors.ts';
import { audit, type CommandContext } from './command-context.ts';
import { type MemberTarget, memberRefusal } from './member-outcome.ts';

/**
 * Removes a member, or lets a person leave: their next request is refused and their open event streams end. What they
 * made stays. Throws `not_found`, `forbidden` for somebody whose role is above one's own, or `conflict` for the last
 * owner.
 */
export async function removeMember(
  context: CommandContext,
  { orgId, userId }: MemberTarget,
): Promise<void> {
  const leaving = userId === context.actor.userId;
  let refused: string | undefined;
  await asActor(context.database, context.actor, async (tx) => {
    const { rows: members } = await tx.query<{ role: MemberRole }>(
      'select role from memberships where org_id = $1 and user_id = $2',
      [orgId, userId],
    );
    // Recorded first: whoever has left may record nothing.
    const role = members[0]?.role;
    if (role)
      await audit(tx, context, {
        orgId,
        action: leaving ? 'member.left' : 'member.removed',
        targetId: userId,
        detail: { role },
      });
    const { rows } = await tx.query<{ outcome: string }>(
      'select outcome from app.remove_member($1, $2)',
      [orgId, userId],
    );
    refused = rows[0]?.outcome === 'done' ? undefined : (rows[0]?.outcome ?? 'none');
    if (refused) throw new NothingRemoved();
    tx.announceAfterCommit('access', orgId);
  }).catch((error: unknown) => {
    if (!(error instanceof NothingRemoved)) throw error;
  });
  if (refused) throw await memberRefusal(context, orgId, refused);
}

/** Takes the audit entry back with everything else. */
class NothingRemoved extends Error {}
