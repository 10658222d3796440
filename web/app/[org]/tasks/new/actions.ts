'use server';

import { debounceTask } from '@devsphere/shared/commands/debounce-task.ts';
import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { debouncedSubmitBody } from '@devsphere/shared/contracts/http/debounce.ts';
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
const options = z.object({
  ...submitTaskBody.pick({
    runAt: true,
    priority: true,
    expiresInSeconds: true,
    deadlineSeconds: true,
    tags: true,
    metadata: true,
  }).shape,
  debounce: debouncedSubmitBody.shape.debounce.optional(),
});
const optionNames = Object.keys(options.shape);

export type Submission = z.input<typeof submission>;
export type SubmissionRefused = { code: string; message: string; fields: FieldError[] };

/** Submits a task and goes to its page. The same key twice makes one task; one that waits for others may replace another. */
export async function submitTaskAction(untrusted: Submission): Promise<SubmissionRefused> {
  const { org, sourceTaskId, options: said, ...asked } = submission.parse(untrusted);
  const { person, organization } = await requireOrganization(org);
  const { debounce, ...more } = Object.fromEntries(
    Object.entries(said).filter(([name]) => optionNames.includes(name)),
  ) as z.input<typeof options>;
  const { kind, input, idempotencyKey } = asked;
  const body = { ...more, orgId: organization.orgId, kind, input };
  let taskId: string;
  try {
    const context = await commandContext(person);
    const { task } = debounce
      ? await debounceTask(context, { ...body, debounce })
      : await submitTask(context, {
          ...body,
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
