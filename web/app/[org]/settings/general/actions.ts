'use server';

import { editOrganization } from '@devsphere/shared/commands/edit-organization.ts';
import { removeMember } from '@devsphere/shared/commands/remove-member.ts';
import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { commandContext } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { refused } from '../../../../lib/server/organization-command.ts';
import type { SettingsAnswer } from '../../../../lib/settings-answer.ts';

const slug = z.string().max(100);
const fields = z.object({ name: z.string(), slug: z.string() });

/** Saves name and address; a new address leads to the same page there. */
export async function editOrganizationAction(
  org: string,
  untrusted: z.output<typeof fields>,
): Promise<SettingsAnswer> {
  const { person, organization } = await requireOrganization(slug.parse(org));
  let saved: { slug: string };
  try {
    const { orgId } = organization;
    const wanted = fields.parse(untrusted);
    saved = await editOrganization(await commandContext(person), { orgId, ...wanted });
  } catch (error) {
    return refused(error);
  }
  if (saved.slug !== organization.slug) redirect(`/${saved.slug}/settings/general`);
  refresh();
  return null;
}

/** Takes the signed-in person out of the organisation and goes to where they still belong. */
export async function leaveOrganizationAction(org: string): Promise<SettingsAnswer> {
  const { person, organization } = await requireOrganization(slug.parse(org));
  try {
    const { orgId } = organization;
    await removeMember(await commandContext(person), { orgId, userId: person.userId });
  } catch (error) {
    return refused(error);
  }
  redirect('/');
}
