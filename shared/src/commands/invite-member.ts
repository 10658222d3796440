import {
  type Invitation,
  type InviteMemberBody,
  invitationDays,
  inviteMemberBody,
} from '../contracts/http/invitation.ts';
import { asActor } from '../db/doors.ts';
import { newId } from '../ids.ts';
import { getInvitation } from '../queries/list-invitations.ts';
import { sendMailLater } from '../queue/mail-queue.ts';
import { validate } from '../validate.ts';
import { audit, type CommandContext } from './command-context.ts';
import { invitationRefusal } from './invitation-outcome.ts';

/**
 * Invites an address: the invitation, the job of its mail and the audit entry are born together. Throws
 * `invalid_request`, `not_found`, `forbidden`, or `conflict` for a member, an open invitation, or when no seat is free.
 */
export async function inviteMember(
  context: CommandContext,
  { orgId, ...body }: InviteMemberBody & { orgId: string },
): Promise<Invitation> {
  const { email, role } = validate(inviteMemberBody, body);
  const id = newId();
  const outcome = await asActor(context.database, context.actor, async (tx) => {
    const { rows } = await tx.query<{ outcome: string }>(
      'select app.invite_member($1, $2, $3, $4, gen_random_uuid(), make_interval(days => $5)) as outcome',
      [orgId, id, email, role, invitationDays],
    );
    if (rows[0]?.outcome !== 'done') return rows[0]?.outcome;
    await Promise.all([
      audit(tx, context, {
        orgId,
        action: 'invitation.created',
        targetId: id,
        detail: { email, role },
      }),
      sendMailLater(tx, context.boss, { mail: 'invitation', orgId, id }),
    ]);
    return 'done';
  });
  if (outcome !== 'done') throw await invitationRefusal(context, orgId, outcome);
  return getInvitation(context.database, context.actor, orgId, id);
}
