import type { MemberRole } from '../access/permissions.ts';
import type { Organization } from '../contracts/http/organization.ts';
import { asActor } from '../db/doors.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { tokenHash } from '../invitation-token.ts';
import { findOrganization } from '../queries/list-organizations.ts';
import { audit, type CommandContext } from './command-context.ts';

const refusals: Record<string, [code: ErrorCode, sentence: string]> = {
  wrong_person: ['forbidden', 'This invitation was sent to another address.'],
  used: ['conflict', 'This invitation has been used.'],
  revoked: ['conflict', 'This invitation was taken back.'],
  expired: ['conflict', 'This invitation has expired. Ask for a new one.'],
  no_seats: ['conflict', 'Every seat of the organisation is taken. Ask whoever invited you.'],
};

type Accepted = {
  outcome: string;
  accepted_org_id: string;
  invitation_id: string;
  accepted_role: MemberRole;
};

/**
 * Lets the person in whom a link was sent to. Accepting again answers with the same organisation. Throws `not_found`
 * for what is no link, `forbidden` for somebody else's, `conflict` when it is over or no seat is free.
 */
export async function acceptInvitation(
  context: CommandContext,
  { token }: { token: string },
): Promise<Organization> {
  const hash = tokenHash(token);
  const { database, actor } = context;
  const accepted = await asActor(database, actor, async (tx) => {
    if (!hash) return undefined;
    const { rows } = await tx.query<Accepted>('select * from app.accept_invitation($1)', [hash]);
    const answer = rows[0];
    if (answer?.outcome === 'done') {
      await audit(tx, context, {
        orgId: answer.accepted_org_id,
        action: 'invitation.accepted',
        targetId: answer.invitation_id,
        detail: { role: answer.accepted_role },
      });
    }
    return answer;
  });
  if (!accepted || accepted.outcome === 'unknown')
    throw new AppError('not_found', 'This is not the link of an invitation.');
  const [code, sentence] = refusals[accepted.outcome] ?? [];
  if (code && sentence) throw new AppError(code, sentence);
  return findOrganization(database, actor, accepted.accepted_org_id);
}
