'use server';

import { cancelTask } from '@devsphere/shared/commands/cancel-task.ts';
import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import { retryTask } from '@devsphere/shared/commands/retry-task.ts';
import { startTaskNow } from '@devsphere/shared/commands/start-task-now.ts';
import { refresh } from 'next/cache';
import { z } from 'zod';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

const target = z.object({ org: z.string().max(100), taskId: z.uuid() });

export type TaskTarget = z.output<typeof target>;
/** Why the command was refused; null when it was done. */
export type CommandAnswer = { message: string } | null;

type TaskCommand = (
  context: CommandContext,
  task: { orgId: string; taskId: string },
) => Promise<unknown>;

async function command(run: TaskCommand, untrusted: TaskTarget): Promise<CommandAnswer> {
  const { org, taskId } = target.parse(untrusted);
  const { person, organization } = await requireOrganization(org);
  let answer: CommandAnswer = null;
  try {
    await run(await commandContext(person), { orgId: organization.orgId, taskId });
  } catch (error) {
    answer = { message: publicError(error).message };
  }
  // Refused or done: what the page shows may be out of date.
  refresh();
  return answer;
}

/** Asks a task to stop. */
export async function cancelTaskAction(task: TaskTarget): Promise<CommandAnswer> {
  return command(cancelTask, task);
}

/** Runs a task again that failed, expired or was cancelled. */
export async function retryTaskAction(task: TaskTarget): Promise<CommandAnswer> {
  return command(retryTask, task);
}

/** Does a task again from one of its finished steps on. */
export async function retryFromStepAction(
  task: TaskTarget,
  untrustedStep: string,
): Promise<CommandAnswer> {
  const fromStep = z.string().max(120).parse(untrustedStep);
  return command((context, key) => retryTask(context, { ...key, fromStep }), task);
}

/** Starts a task that waits for its time. */
export async function startTaskNowAction(task: TaskTarget): Promise<CommandAnswer> {
  return command(startTaskNow, task);
}
