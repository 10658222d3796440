import type { ListScheduleRunsQuery, ScheduleRunPage } from '../contracts/http/schedule.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { noSuchSchedule } from './get-schedule.ts';
import { toScheduleRun } from './schedule-rows.ts';

/** One page of a schedule's runs, latest first. Throws `not_found` for a schedule the actor can't see. */
export async function listScheduleRuns(
  database: Database,
  actor: Actor,
  { orgId, scheduleId }: { orgId: string; scheduleId: string },
  { before, limit }: ListScheduleRunsQuery,
): Promise<ScheduleRunPage> {
  const [schedule, rows] = await asActor(database, actor, (tx) => {
    const select = tx.db
      .selectFrom('schedule_runs')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('schedule_id', '=', scheduleId)
      .orderBy('nominal_at', 'desc')
      .limit(limit + 1);
    return Promise.all([
      tx.db
        .selectFrom('schedules')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', scheduleId)
        .executeTakeFirst(),
      (before ? select.where('nominal_at', '<', new Date(before)) : select).execute(),
    ]);
  });
  if (!schedule) throw noSuchSchedule();
  const page = rows.slice(0, limit);
  return {
    runs: page.map(toScheduleRun),
    nextCursor: rows.length > limit ? (page.at(-1)?.nominal_at.toISOString() ?? null) : null,
  };
}
