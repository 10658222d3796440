'use server';

import { changeMemberRole } from '@devsphere/shared/commands/change-member-role.ts';
import { inviteMember } from '@devsphere/shared/commands/invite-member.ts';
import { removeMember } from '@devsphere/shared/commands/remove-member.ts';
import { resendInvitation } from '@devsphere/shared/commands/resend-invitation.ts';
import { revokeInvitation } from '@devsphere/shared/commands/revoke-invitation.ts';
import { inviteMemberBody } from '@devsphere/shared/contracts/http/invitation.ts';
import { changeRoleBody } from '@devsphere/shared/contracts/http/member.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { z } from 'zod';
import { organizationCommand } from '../../../../lib/server/organization-command.ts';
import type { SettingsAnswer } from '../../../../lib/settings-answer.ts';

const target = z.object({ org: z.string(), userId: z.uuid() });
const invitation = z.object({ org: z.string(), invitationId: z.uuid() });
export type InvitationTarget = z.output<typeof invitation>;
export type MemberTarget = z.output<typeof target>;

/** Gives a member another role. */
export async function changeRoleAction(
  untrusted: MemberTarget,
  role: string,
): Promise<SettingsAnswer> {
  const { org, userId } = target.parse(untrusted);
  const body = changeRoleBody.parse({ role });
  return organizationCommand(org, (context, { orgId }) =>
    changeMemberRole(context, { orgId, userId, ...body }),
  );
}

/** Removes a member. */
export async function removeMemberAction(untrusted: MemberTarget): Promise<SettingsAnswer> {
  const { org, userId } = target.parse(untrusted);
  return organizationCommand(org, (context, { orgId }) => removeMember(context, { orgId, userId }));
}

/** Invites an address as a role. */
export async function inviteMemberAction(
  org: string,
  wanted: { email: string; role: string },
): Promise<SettingsAnswer> {
  return organizationCommand(org, (context, { orgId }) =>
    inviteMember(context, { orgId, ...validate(inviteMemberBody, wanted) }),
  );
}

/** Sends an invitation again with a new link. */
export async function resendInvitationAction(untrusted: InvitationTarget): Promise<SettingsAnswer> {
  const { org, invitationId } = invitation.parse(untrusted);
  return organizationCommand(org, (context, { orgId }) =>
    resendInvitation(context, { orgId, invitationId }),
  );
}

/** Takes an invitation back. */
export async function revokeInvitationAction(untrusted: InvitationTarget): Promise<SettingsAnswer> {
  const { org, invitationId } = invitation.parse(untrusted);
  return organizationCommand(org, (context, { orgId }) =>
    revokeInvitation(context, { orgId, invitationId }),
  );
}
