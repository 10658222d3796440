'use server';

import type { ScheduleTarget as CommandTarget } from '@devsphere/shared/commands/change-schedule.ts';
import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import { deleteSchedule } from '@devsphere/shared/commands/delete-schedule.ts';
import { pauseSchedule } from '@devsphere/shared/commands/pause-schedule.ts';
import { resumeSchedule } from '@devsphere/shared/commands/resume-schedule.ts';
import { runScheduleNow } from '@devsphere/shared/commands/run-schedule-now.ts';
import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

const target = z.object({ org: z.string().max(100), scheduleId: z.uuid() });

export type ScheduleTarget = z.output<typeof target>;
/** Why the command was refused; null when it was done. */
export type CommandAnswer = { message: string } | null;

/** Where to go when it is done; null to stay. */
type ScheduleCommand = (context: CommandContext, schedule: CommandTarget) => Promise<string | null>;

async function command(run: ScheduleCommand, untrusted: ScheduleTarget): Promise<CommandAnswer> {
  const { org, scheduleId } = target.parse(untrusted);
  const { person, organization } = await requireOrganization(org);
  let next: string | null = null;
  let answer: CommandAnswer = null;
  try {
    next = await run(await commandContext(person), { orgId: organization.orgId, scheduleId });
  } catch (error) {
    answer = { message: publicError(error).message };
  }
  if (next) redirect(`/${organization.slug}/${next}`);
  refresh();
  return answer;
}

/** Stops a schedule from firing until it is resumed. */
export async function pauseScheduleAction(schedule: ScheduleTarget): Promise<CommandAnswer> {
  return command(async (...call) => (await pauseSchedule(...call)) && null, schedule);
}

/** Lets a paused schedule fire again, as this person. */
export async function resumeScheduleAction(schedule: ScheduleTarget): Promise<CommandAnswer> {
  return command(async (...call) => (await resumeSchedule(...call)) && null, schedule);
}

/** Submits the schedule's task at once and goes to it. The same key twice makes one task. */
export async function runScheduleAction(
  schedule: ScheduleTarget,
  key: string,
): Promise<CommandAnswer> {
  const idempotencyKey = z.string().min(1).max(200).parse(key);
  return command(async (context, of) => {
    const { task } = await runScheduleNow(context, { ...of, idempotencyKey });
    return `tasks/${task.id}`;
  }, schedule);
}

/** Deletes a schedule with its run history and goes to the list. */
export async function deleteScheduleAction(schedule: ScheduleTarget): Promise<CommandAnswer> {
  return command(async (...call) => {
    await deleteSchedule(...call);
    return 'schedules';
  }, schedule);
}
