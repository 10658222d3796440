'use server';

import { pauseOrganization } from '@devsphere/shared/commands/pausing/pause-organization.ts';
import { resumeOrganization } from '@devsphere/shared/commands/pausing/resume-organization.ts';
import { organizationCommand } from '../../lib/server/organization-command.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

/** Holds the organisation's work; the reason may be empty. */
export async function pauseOrganizationAction(
  org: string,
  reason: string,
): Promise<SettingsAnswer> {
  return organizationCommand(org, (context, { orgId }) =>
    pauseOrganization(context, { orgId, ...(reason === '' ? {} : { reason }) }),
  );
}

/** Lets it go on. */
export async function resumeOrganizationAction(org: string): Promise<SettingsAnswer> {
  return organizationCommand(org, (context, { orgId }) => resumeOrganization(context, { orgId }));
}
