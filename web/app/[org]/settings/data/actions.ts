'use server';

import { deleteOrganization } from '@devsphere/shared/commands/delete-organization.ts';
import { requestExport } from '@devsphere/shared/commands/request-export.ts';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { commandContext } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { organizationCommand, refused } from '../../../../lib/server/organization-command.ts';
import type { SettingsAnswer } from '../../../../lib/settings-answer.ts';

/** Deletes the organisation, whose address was typed, and goes to where the person still belongs. */
export async function deleteOrganizationAction(
  org: string,
  typed: string,
): Promise<SettingsAnswer> {
  const text = z.string().max(100);
  const { person, organization } = await requireOrganization(text.parse(org));
  try {
    const { orgId } = organization;
    await deleteOrganization(await commandContext(person), { orgId, slug: text.parse(typed) });
  } catch (error) {
    return refused(error);
  }
  redirect('/');
}

/** Asks for an export of everything; one that is being made is not made twice. */
export async function requestExportAction(org: string): Promise<SettingsAnswer> {
  return organizationCommand(org, (context, { orgId }) => requestExport(context, { orgId }));
}
