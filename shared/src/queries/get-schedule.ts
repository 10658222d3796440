import type { ScheduleDetail } from '../contracts/http/schedule.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { scheduleSummaryColumns, toScheduleDetail } from './schedule-rows.ts';

/** One schedule with its input and next runs. Throws `not_found` when it does not exist or is somebody else's, alike. */
export async function getSchedule(
  database: Database,
  actor: Actor,
  orgId: string,
  scheduleId: string,
): Promise<ScheduleDetail> {
  const row = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('schedules')
      .select([...scheduleSummaryColumns, 'input'])
      .where('org_id', '=', orgId)
      .where('id', '=', scheduleId)
      .executeTakeFirst(),
  );
  if (!row) throw noSuchSchedule();
  return toScheduleDetail(row);
}

export function noSuchSchedule(): AppError {
  return new AppError('not_found', 'There is no such schedule, or you may not see it.');
}
