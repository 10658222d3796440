'use server';

import { changePlan } from '@devsphere/shared/commands/operator/change-plan.ts';
import { liftConcurrency } from '@devsphere/shared/commands/operator/lift-concurrency.ts';
import { operatorCancelTask } from '@devsphere/shared/commands/operator/operator-cancel-task.ts';
import type { OperatorContext } from '@devsphere/shared/commands/operator/operator-context.ts';
import { operatorRetryTask } from '@devsphere/shared/commands/operator/operator-retry-task.ts';
import { pauseQueue } from '@devsphere/shared/commands/operator/pause-queue.ts';
import { redriveDeadLetters } from '@devsphere/shared/commands/operator/redrive-dead-letters.ts';
import { resumeQueue } from '@devsphere/shared/commands/operator/resume-queue.ts';
import { setConcurrency } from '@devsphere/shared/commands/operator/set-concurrency.ts';
import { setProviderLimits } from '@devsphere/shared/commands/operator/set-provider-limits.ts';
import { refresh } from 'next/cache';
import { z } from 'zod';
import { publicError } from '../../lib/server/command-context.ts';
import { operatorContext, requireOperator } from '../../lib/server/operator.ts';

/** Why the command was refused; null when it was done. */
export type OperatorAnswer = { message: string } | null;

const text = z.string().max(2_000);
const queueTarget = z.object({ queue: text });
const taskTarget = z.object({ orgId: z.uuid(), taskId: z.uuid() });
const planTarget = z.object({ orgId: z.uuid(), plan: text });
const concurrencyTarget = z.object({ orgId: z.uuid(), concurrentTasks: z.number() });
const organizationTarget = z.object({ orgId: z.uuid() });
const limitsTarget = z.object({
  requestsPerMinute: z.number().nullable(),
  tokensPerMinute: z.number().nullable(),
});
const redriveTarget = z.object({ queue: text, digest: text });

async function command<T extends z.ZodObject>(
  schema: T,
  run: (context: OperatorContext, command: z.output<T> & { reason: string }) => Promise<unknown>,
  target: z.input<T>,
  reason: string,
): Promise<OperatorAnswer> {
  const { operator } = await requireOperator();
  let answer: OperatorAnswer = null;
  try {
    const command = { ...schema.parse(target), reason: text.parse(reason) };
    await run(await operatorContext(operator), command);
  } catch (error) {
    answer = { message: publicError(error).message };
  }
  // Refused or done: what the page shows may be out of date.
  refresh();
  return answer;
}

/** Holds a queue until it is resumed. */
export async function pauseQueueAction(
  target: z.input<typeof queueTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(queueTarget, pauseQueue, target, reason);
}

/** Lets a queue go on. */
export async function resumeQueueAction(
  target: z.input<typeof queueTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(queueTarget, resumeQueue, target, reason);
}

/** Runs a task of any organisation again. */
export async function operatorRetryAction(
  target: z.input<typeof taskTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(taskTarget, operatorRetryTask, target, reason);
}

/** Stops a task of any organisation. */
export async function operatorCancelAction(
  target: z.input<typeof taskTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(taskTarget, operatorCancelTask, target, reason);
}

/** Gives an organisation another plan. */
export async function changePlanAction(
  target: z.input<typeof planTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(planTarget, changePlan, target, reason);
}

/** Sets how many tasks of an organisation run at once. */
export async function setConcurrencyAction(
  target: z.input<typeof concurrencyTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(concurrencyTarget, setConcurrency, target, reason);
}

/** Lets the number of an organisation's plan hold again. */
export async function liftConcurrencyAction(
  target: z.input<typeof organizationTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(organizationTarget, liftConcurrency, target, reason);
}

/** Puts the tasks behind the previewed dead letters back into their queue. */
export async function redriveAction(
  target: z.input<typeof redriveTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(redriveTarget, redriveDeadLetters, target, reason);
}

/** Sets what is sent to the model provider in a minute at most. */
export async function setProviderLimitsAction(
  target: z.input<typeof limitsTarget>,
  reason: string,
): Promise<OperatorAnswer> {
  return command(limitsTarget, setProviderLimits, target, reason);
}
