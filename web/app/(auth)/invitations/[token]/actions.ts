'use server';

import { acceptInvitation } from '@devsphere/shared/commands/accept-invitation.ts';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { FormState } from '../../../../lib/form-state.ts';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requirePerson } from '../../../../lib/server/person.ts';

/** Lets the signed-in person into the organisation and goes there. */
export async function acceptInvitationAction(_: FormState, form: FormData): Promise<FormState> {
  const person = await requirePerson();
  let slug: string;
  try {
    const token = z.string().max(200).parse(form.get('token'));
    ({ slug } = await acceptInvitation(await commandContext(person), { token }));
  } catch (error) {
    return { message: publicError(error).message };
  }
  redirect(`/${slug}/tasks`);
}
