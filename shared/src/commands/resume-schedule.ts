import type { ScheduleDetail } from '../contracts/http/schedule.ts';
import { nextOccurrence } from '../schedules/occurrences.ts';
import { changeSchedule, type ScheduleTarget } from './change-schedule.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Lets a paused schedule fire again from now on, as the person who resumes it; what it missed while paused stays
 * missed. Resuming an active one changes nothing. Throws `not_found`, `forbidden`.
 */
export async function resumeSchedule(
  context: CommandContext,
  target: ScheduleTarget,
): Promise<ScheduleDetail> {
  const now = await context.database.now();
  return changeSchedule(context, target, 'schedule.resumed', ({ state, cron, time_zone }) =>
    state === 'active'
      ? null
      : { state: 'active', next_run_at: nextOccurrence({ cron, timeZone: time_zone }, now) },
  );
}
