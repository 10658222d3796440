import {
  type EditScheduleBody,
  editScheduleBody,
  type ScheduleDetail,
} from '../contracts/http/schedule.ts';
import { nextOccurrence } from '../schedules/occurrences.ts';
import { validate } from '../validate.ts';
import { changeSchedule, type ScheduleTarget } from './change-schedule.ts';
import { checkTaskInput } from './check-task-input.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Changes what a schedule does or when; what the body leaves out stays. Occurrences missed until now under the old
 * expression are dropped when the expression or the zone changes. Throws `invalid_request`, `not_found`, `forbidden`.
 */
export async function editSchedule(
  context: CommandContext,
  { orgId, scheduleId, ...body }: ScheduleTarget & EditScheduleBody,
): Promise<ScheduleDetail> {
  const edit = validate(editScheduleBody, body);
  const now = await context.database.now();
  return changeSchedule(context, { orgId, scheduleId }, 'schedule.edited', (current) => {
    const cron = edit.cron ?? current.cron;
    const timeZone = edit.timeZone ?? current.time_zone;
    const moved = cron !== current.cron || timeZone !== current.time_zone;
    const input = edit.input && checkTaskInput(current.kind, edit.input).input;
    return {
      cron,
      time_zone: timeZone,
      ...(edit.name === undefined ? {} : { name: edit.name }),
      ...(input === undefined ? {} : { input: JSON.stringify(input) }),
      ...(edit.catchUp === undefined ? {} : { catch_up: edit.catchUp }),
      ...(moved && current.state === 'active'
        ? { next_run_at: nextOccurrence({ cron, timeZone }, now) }
        : {}),
    };
  });
}
