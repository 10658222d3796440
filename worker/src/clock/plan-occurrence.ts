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
};

/** Later than this an occurrence counts as missed. */
const missedAfterMilliseconds = 60_000;

/** Decides which occurrence of a due schedule happens and when the next one is. */
export function planOccurrence(schedule: DueSchedule): OccurrencePlan {
  const { cron, time_zone: timeZone, catch_up: catchUp, next_run_at: due, now } = schedule;
  const rhythm = { cron, timeZone };
  const nominalAt = latestOccurrence(rhythm, due, now);
  const nextRunAt = nextOccurrence(rhythm, nominalAt);
  const late = now.getTime() - nominalAt.getTime() > missedAfterMilliseconds;
  if (late && catchUp === 'skip')
    return { nominalAt, nextRunAt, state: 'skipped', reason: 'No worker was running at the time.' };
  return {
    nominalAt,
    nextRunAt,
    state: 'pending',
    reason:
      nominalAt > due
        ? `Catches up for every occurrence since ${due.toISOString()}, when no worker was running.`
        : null,
  };
}
