'use server';

import { answerApprovalLink } from '@devsphere/shared/commands/approvals/answer-approval-link.ts';
import { originOf } from '@devsphere/shared/origin.ts';
import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { z } from 'zod';
import type { AnswerRefused } from '../../../lib/approval-form.ts';
import { limitApprovalLink } from '../../../lib/server/auth-limits.ts';
import { clientAddress } from '../../../lib/server/client-address.ts';
import { publicError } from '../../../lib/server/command-context.ts';
import { boss, database } from '../../../lib/server/services.ts';

const given = z.object({
  token: z.string().max(200),
  answer: z.record(z.string(), z.unknown()),
});

/** Answers what a waiting task asks, for whoever holds the link. */
export async function answerByLinkAction(untrusted: z.input<typeof given>): Promise<AnswerRefused> {
  const { token, answer } = given.parse(untrusted);
  const tooOften = await limitApprovalLink();
  if (tooOften) return { message: tooOften, fields: [] };
  try {
    const origin = originOf(await clientAddress(), (await headers()).get('user-agent'));
    await answerApprovalLink(
      { database: database(), boss: await boss(), origin },
      { token, answer },
    );
  } catch (error) {
    const { message, fields } = publicError(error);
    return { message, fields };
  }
  refresh();
  return null;
}
