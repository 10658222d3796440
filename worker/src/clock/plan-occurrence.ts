import { latestOccurrence, nextOccurrence } from '@devsphere/shared/schedules/occurrences.ts';

export type DueSchedule = {
  org_id: string;
  id: string;
  cron: string;
  time_zone: string;
  catch_up: string;
  next_run_at: Date;
  runs_as: string;
  /** The database's clock, which all workers share. */
  now: Date;
};

export type OccurrencePlan = {
  nominalAt: Date;
  nextRunAt: Date | null;
  state: 'pending' | 'skipped';
  reason: string | null;
  /** Why the schedule can't go on; null when it can. */
  pausedReason: string | null;
};

/** Later than this an occurrence counts as missed. */
const missedAfterMilliseconds = 60_000;

const unreadable =
  'Its expression or time zone can no longer be read. Edit them, then resume the schedule.';

/**
 * Decides which occurrence of a due schedule happens and when the next one is. A schedule that can no longer be read,
 * such as one whose zone the system has dropped, is paused: it must not hold up the others of its batch.
 */
export function planOccurrence(schedule: DueSchedule): OccurrencePlan {
  const { cron, time_zone: timeZone, next_run_at: due, now } = schedule;
  try {
    const nominalAt = latestOccurrence({ cron, timeZone }, due, now);
    const nextRunAt = nextOccurrence({ cron, timeZone }, nominalAt);
    return { nominalAt, nextRunAt, pausedReason: null, ...whatHappens(schedule, nominalAt) };
  } catch {
    const shown = { reason: unreadable, pausedReason: unreadable };
    return { nominalAt: due, nextRunAt: null, state: 'skipped', ...shown };
  }
}

function whatHappens(
  { catch_up: catchUp, next_run_at: due, now }: DueSchedule,
  nominalAt: Date,
): Pick<OccurrencePlan, 'state' | 'reason'> {
  const late = now.getTime() - nominalAt.getTime() > missedAfterMilliseconds;
  if (late && catchUp === 'skip')
    return { state: 'skipped', reason: 'No worker was running at the time.' };
  if (nominalAt <= due) return { state: 'pending', reason: null };
  const since = due.toISOString();
  return {
    state: 'pending',
    reason: `Catches up for every occurrence since ${since}, when no worker was running.`,
  };
}
