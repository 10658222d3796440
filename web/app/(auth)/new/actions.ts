'use server';

import { createOrganization } from '@devsphere/shared/commands/create-organization.ts';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { commandContext } from '../../../lib/server/command-context.ts';
import { refused } from '../../../lib/server/organization-command.ts';
import { requirePerson } from '../../../lib/server/person.ts';
import type { SettingsAnswer } from '../../../lib/settings-answer.ts';

const fields = z.object({ name: z.string(), slug: z.string() });

/** Creates an organisation of the signed-in person and goes there. */
export async function createOrganizationAction(
  untrusted: z.output<typeof fields>,
): Promise<SettingsAnswer> {
  const person = await requirePerson();
  let slug: string;
  try {
    const { organization } = await createOrganization(
      await commandContext(person),
      fields.parse(untrusted),
    );
    slug = organization.slug;
  } catch (error) {
    return refused(error);
  }
  redirect(`/${slug}/tasks`);
}
