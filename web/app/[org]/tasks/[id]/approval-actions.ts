'use server';

import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { answerApproval } from '@devsphere/shared/commands/approvals/answer-approval.ts';
import { refresh } from 'next/cache';
import { z } from 'zod';
import type { AnswerRefused } from '../../../../lib/approval-form.ts';
import { approvalLink } from '../../../../lib/server/approvals.ts';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

const target = z.object({ org: z.string().max(100), taskId: z.uuid(), approvalId: z.uuid() });
const given = target.extend({ answer: z.record(z.string(), z.unknown()) });

export type ApprovalTarget = z.output<typeof target>;

/** Answers what a waiting task asks. */
export async function answerApprovalAction(
  untrusted: z.input<typeof given>,
): Promise<AnswerRefused> {
  const { org, ...approval } = given.parse(untrusted);
  const { person, organization } = await requireOrganization(org);
  let refused: AnswerRefused = null;
  try {
    await answerApproval(await commandContext(person), {
      orgId: organization.orgId,
      ...approval,
    });
  } catch (error) {
    const { message, fields } = publicError(error);
    refused = { message, fields };
  }
  // What the person typed stays in the form when it was refused: only a taken answer changes the page.
  if (!refused) refresh();
  return refused;
}

/** The link that answers an open approval without signing in, for who may answer it. */
export async function approvalLinkAction(
  untrusted: ApprovalTarget,
): Promise<{ url: string } | { message: string }> {
  const { org, taskId, approvalId } = target.parse(untrusted);
  const scope = await requireOrganization(org);
  if (!roleMay(scope.organization.role, 'tasks.submit'))
    return { message: 'Your role may not answer this, so it can’t hand it on.' };
  const url = await approvalLink(scope, { taskId, approvalId });
  return url ? { url } : { message: 'This can’t be answered any more.' };
}
