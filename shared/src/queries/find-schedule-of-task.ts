import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

export type ScheduleOfTask = { id: string; name: string; trigger: 'clock' | 'person' };

/** The schedule that submitted a task, by itself or because a person ran it; null for any other task. */
export async function findScheduleOfTask(
  database: Database,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<ScheduleOfTask | null> {
  const row = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('schedule_runs')
      .innerJoin('schedules', (join) =>
        join
          .onRef('schedules.org_id', '=', 'schedule_runs.org_id')
          .onRef('schedules.id', '=', 'schedule_runs.schedule_id'),
      )
      .select(['schedules.id', 'schedules.name', 'schedule_runs.trigger'])
      .where('schedule_runs.org_id', '=', orgId)
      .where('schedule_runs.task_id', '=', taskId)
      .executeTakeFirst(),
  );
  return row ? { ...row, trigger: row.trigger as ScheduleOfTask['trigger'] } : null;
}
