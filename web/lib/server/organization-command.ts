import 'server-only';
import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import type { Organization } from '@devsphere/shared/contracts/http/organization.ts';
import { refresh } from 'next/cache';
import { z } from 'zod';
import type { SettingsAnswer } from '../settings-answer.ts';
import { commandContext, publicError } from './command-context.ts';
import { requireOrganization } from './organization.ts';

/** Runs a command of the signed-in person in the organisation the page names; then the page shows what became of it. */
export async function organizationCommand(
  untrustedSlug: string,
  run: (context: CommandContext, organization: Organization) => Promise<unknown>,
): Promise<SettingsAnswer> {
  const { person, organization } = await requireOrganization(
    z.string().max(100).parse(untrustedSlug),
  );
  let answer: SettingsAnswer = null;
  try {
    await run(await commandContext(person), organization);
  } catch (error) {
    answer = refused(error);
  }
  refresh();
  return answer;
}

/** A refusal as a form shows it: a sentence for the whole, others beside their fields. */
export function refused(error: unknown): SettingsAnswer {
  const { message, fields } = publicError(error);
  return {
    message,
    fields: Object.fromEntries(fields.map(({ field, message: text }) => [field, text])),
  };
}
