'use server';

import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { submitTaskBody } from '@devsphere/shared/contracts/http/task.ts';
import type { FieldError } from '@devsphere/shared/errors.ts';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

const submission = z.object({
  org: z.string().max(100),
  kind: z.string().max(100),
  input: z.record(z.string(), z.unknown()),
  idempotencyKey: z.string().min(1).max(200),
  sourceTaskId: z.uuid().nullable(),
  options: z.looseObject({}),
});

/** What a form may say besides the input; the command checks it like everything else. */
const optionNames = Object.keys(
  submitTaskBody.pick({
    runAt: true,
    priority: true,
    expiresInSeconds: true,
    deadlineSeconds: true,
    tags: true,
  }).shape,
);

export type Submission = z.input<typeof submission>;
export type SubmissionRefused = { code: string; message: string; fields: FieldError[] };

/** Submits a task and goes to its page. The same key twice makes one task. */
export async function submitTaskAction(untrusted: Submission): Promise<SubmissionRefused> {
  const { org, kind, input, idempotencyKey, sourceTaskId, options } = submission.parse(untrusted);
  const { person, organization } = await requireOrganization(org);
  let taskId: string;
  try {
    const { task } = await submitTask(await commandContext(person), {
      ...Object.fromEntries(Object.entries(options).filter(([name]) => optionNames.includes(name))),
      orgId: organization.orgId,
      kind,
      input,
      idempotencyKey,
      ...(sourceTaskId ? { sourceTaskId } : {}),
    });
    taskId = task.id;
  } catch (error) {
    const { code, message, fields } = publicError(error);
    return { code, message, fields };
  }
  redirect(`/${organization.slug}/tasks/${taskId}`);
}
