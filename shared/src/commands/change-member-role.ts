import type { MemberRole } from '../access/permissions.ts';
import { changeRoleBody } from '../contracts/http/member.ts';
import { asActor } from '../db/doors.ts';
import { validate } from '../validate.ts';
import { audit, type CommandContext } from './command-context.ts';
import { type MemberTarget, memberRefusal } from './member-outcome.ts';

/**
 * Gives a member another role, with effect on their next request and on their open event streams. Giving the role
 * they have changes nothing. Throws `not_found`, `forbidden` when either role is above one's own, or `conflict` for
 * the last owner.
 */
export async function changeMemberRole(
  context: CommandContext,
  { orgId, userId, ...body }: MemberTarget & { role: MemberRole },
): Promise<void> {
  const { role } = validate(changeRoleBody, body);
  const outcome = await asActor(context.database, context.actor, async (tx) => {
    const { rows } = await tx.query<{ outcome: string; role_before: MemberRole | null }>(
      'select outcome, role_before from app.change_member_role($1, $2, $3)',
      [orgId, userId, role],
    );
    const answer = rows[0];
    if (answer?.outcome !== 'done') return answer?.outcome;
    await audit(tx, context, {
      orgId,
      action: 'member.role_changed',
      targetId: userId,
      changes: { before: { role: answer.role_before }, after: { role } },
    });
    tx.announceAfterCommit('access', orgId);
    return 'done';
  });
  if (outcome !== 'done' && outcome !== 'unchanged')
    throw await memberRefusal(context, orgId, outcome);
}
