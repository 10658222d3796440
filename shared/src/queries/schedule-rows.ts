import type { Selectable } from 'kysely';
import type { ScheduleDetail, ScheduleRun, ScheduleSummary } from '../contracts/http/schedule.ts';
import type { ScheduleRuns, Schedules } from '../db/schema.generated.ts';
import { nextOccurrences } from '../schedules/occurrences.ts';
import { cronInWords } from '../schedules/words.ts';
import type { TaskKindName } from '../tasks/catalogue.ts';

/** Columns of a schedule without its input, which may be large. */
export const scheduleSummaryColumns = [
  'org_id',
  'id',
  'name',
  'kind',
  'cron',
  'time_zone',
  'catch_up',
  'state',
  'paused_reason',
  'next_run_at',
  'last_run_at',
  'runs_as',
  'created_by',
  'created_at',
  'updated_at',
] as const satisfies Array<keyof Schedules>;

type ScheduleRow = Selectable<Schedules>;
export type ScheduleSummaryRow = Pick<ScheduleRow, (typeof scheduleSummaryColumns)[number]>;

const runsPreviewed = 5;

export function toScheduleSummary(row: ScheduleSummaryRow): ScheduleSummary {
  return {
    id: row.id,
    orgId: row.org_id,
    name: row.name,
    kind: row.kind as TaskKindName,
    cron: row.cron,
    cronInWords: cronInWords(row.cron),
    timeZone: row.time_zone,
    catchUp: row.catch_up as ScheduleSummary['catchUp'],
    state: row.state as ScheduleSummary['state'],
    pausedReason: row.paused_reason,
    nextRunAt: row.next_run_at?.toISOString() ?? null,
    lastRunAt: row.last_run_at?.toISOString() ?? null,
    runsAs: row.runs_as,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function toScheduleDetail(
  row: ScheduleSummaryRow & Pick<ScheduleRow, 'input'>,
): ScheduleDetail {
  const rhythm = { cron: row.cron, timeZone: row.time_zone };
  const next = row.next_run_at;
  return {
    ...toScheduleSummary(row),
    input: row.input as Record<string, unknown>,
    nextRuns: next
      ? [next, ...nextOccurrences(rhythm, next, runsPreviewed - 1)].map((at) => at.toISOString())
      : [],
  };
}

export function toScheduleRun(row: Selectable<ScheduleRuns>): ScheduleRun {
  return {
    nominalAt: row.nominal_at.toISOString(),
    trigger: row.trigger as ScheduleRun['trigger'],
    state: row.state as ScheduleRun['state'],
    taskId: row.task_id,
    reason: row.reason,
    firedAt: row.fired_at?.toISOString() ?? null,
  };
}
