import { asActor } from '../db/doors.ts';
import { audit, type CommandContext } from './command-context.ts';
import { invitationRefusal } from './invitation-outcome.ts';
import type { InvitationTarget } from './resend-invitation.ts';

/** Takes an invitation back: its link stops working at once. Repeating changes nothing. Throws `not_found`, `forbidden`, or `conflict` when it was accepted. */
export async function revokeInvitation(
  context: CommandContext,
  { orgId, invitationId }: InvitationTarget,
): Promise<void> {
  const outcome = await asActor(context.database, context.actor, async (tx) => {
    const { rows } = await tx.query<{ outcome: string }>(
      'select app.revoke_invitation($1, $2) as outcome',
      [orgId, invitationId],
    );
    if (rows[0]?.outcome === 'done')
      await audit(tx, context, { orgId, action: 'invitation.revoked', targetId: invitationId });
    return rows[0]?.outcome;
  });
  if (outcome !== 'done' && outcome !== 'unchanged')
    throw await invitationRefusal(context, orgId, outcome);
}
