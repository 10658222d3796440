import type { ListSchedulesQuery, SchedulePage } from '../contracts/http/schedule.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { scheduleSummaryColumns, toScheduleSummary } from './schedule-rows.ts';

/** One page of an organisation's schedules, newest first. */
export async function listSchedules(
  database: Database,
  actor: Actor,
  orgId: string,
  { before, limit }: ListSchedulesQuery,
): Promise<SchedulePage> {
  const rows = await asActor(database, actor, (tx) => {
    const select = tx.db
      .selectFrom('schedules')
      .select([...scheduleSummaryColumns])
      .where('org_id', '=', orgId)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    return (before ? select.where('id', '<', before) : select).execute();
  });
  const page = rows.slice(0, limit);
  return {
    schedules: page.map(toScheduleSummary),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
