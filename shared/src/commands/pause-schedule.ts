import type { ScheduleDetail } from '../contracts/http/schedule.ts';
import { changeSchedule, type ScheduleTarget } from './change-schedule.ts';
import type { CommandContext } from './command-context.ts';

/** Stops a schedule from firing until it is resumed; pausing a paused one changes nothing. Throws `not_found`, `forbidden`. */
export async function pauseSchedule(
  context: CommandContext,
  target: ScheduleTarget,
): Promise<ScheduleDetail> {
  return changeSchedule(context, target, 'schedule.paused', ({ state }) =>
    state === 'paused' ? null : { state: 'paused', next_run_at: null },
  );
}
