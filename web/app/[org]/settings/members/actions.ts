'use server';

import { changeMemberRole } from '@devsphere/shared/commands/change-member-role.ts';
import { removeMember } from '@devsphere/shared/commands/remove-member.ts';
import { changeRoleBody } from '@devsphere/shared/contracts/http/member.ts';
import { z } from 'zod';
import { organizationCommand } from '../../../../lib/server/organization-command.ts';
import type { SettingsAnswer } from '../../../../lib/settings-answer.ts';

const target = z.object({ org: z.string(), userId: z.uuid() });
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
