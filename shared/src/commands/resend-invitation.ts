import { type Invitation, invitationDays } from '../contracts/http/invitation.ts';
import { asActor } from '../db/doors.ts';
import { getInvitation } from '../queries/list-invitations.ts';
import { sendMailLater } from '../queue/mail-queue.ts';
import { audit, type CommandContext } from './command-context.ts';
import { invitationRefusal } from './invitation-outcome.ts';

export type InvitationTarget = { orgId: string; invitationId: string };

/**
 * Sends an invitation again with a new link and a new expiry; the link before stops working at once. Throws
 * `not_found`, `forbidden`, or `conflict` when it is over, was just sent, or no seat is free.
 */
export async function resendInvitation(
  context: CommandContext,
  { orgId, invitationId }: InvitationTarget,
): Promise<Invitation> {
  const outcome = await asActor(context.database, context.actor, async (tx) => {
    const { rows } = await tx.query<{ outcome: string }>(
      'select app.renew_invitation($1, $2, gen_random_uuid(), make_interval(days => $3)) as outcome',
      [orgId, invitationId, invitationDays],
    );
    if (rows[0]?.outcome !== 'done') return rows[0]?.outcome;
    await Promise.all([
      audit(tx, context, { orgId, action: 'invitation.resent', targetId: invitationId }),
      sendMailLater(tx, context.boss, { mail: 'invitation', orgId, id: invitationId }),
    ]);
    return 'done';
  });
  if (outcome !== 'done') throw await invitationRefusal(context, orgId, outcome);
  return getInvitation(context.database, context.actor, orgId, invitationId);
}
