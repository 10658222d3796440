import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type EventRetentionConfig = {
  everySeconds: number;
  /** The database refuses to clear what is younger than 7 days. */
  afterDays: number;
  tasksPerBatch: number;
};

const defaults: EventRetentionConfig = { everySeconds: 3_600, afterDays: 30, tasksPerBatch: 200 };

// Bounds one run; what is left waits for the next slot.
const batchesPerRun = 100;

/**
 * Clears the streamed text of tasks that ended long ago. Their result, steps, calls, bill and every other event stay:
 * the text was only how the result arrived.
 */
export function eventRetention(
  database: Database,
  { everySeconds, afterDays, tasksPerBatch }: EventRetentionConfig = defaults,
): UpkeepJob {
  const clearBatch = () =>
    asSystem(database, 'clear old events', async (tx) => {
      const { rows } = await tx.query<{ tasks: number; events: number }>(
        `with old as (
           select org_id, id from tasks
           where ended_at < now() - make_interval(days => $1)
             and (events_cleared_at is null or events_cleared_at < ended_at)
           order by ended_at limit $2 for update skip locked
         ), cleared as (
           delete from task_events e using old
           where e.org_id = old.org_id and e.task_id = old.id and e.type = 'text'
           returning e.task_id
         ), marked as (
           update tasks t set events_cleared_at = now() from old
           where t.org_id = old.org_id and t.id = old.id
           returning t.id
         )
         select (select count(*) from marked) as tasks, (select count(*) from cleared) as events`,
        [afterDays, tasksPerBatch],
      );
      return rows[0] ?? { tasks: 0, events: 0 };
    });
  return {
    name: 'event-retention',
    everySeconds,
    runOnce: async () => {
      const total = { tasks: 0, events: 0 };
      for (let batch = 0; batch < batchesPerRun; batch += 1) {
        const done = await clearBatch();
        total.tasks += done.tasks;
        total.events += done.events;
        if (done.tasks < tasksPerBatch) break;
      }
      return total;
    },
  };
}
