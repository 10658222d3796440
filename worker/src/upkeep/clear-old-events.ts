import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type EventRetentionConfig = {
  everySeconds: number;
  tasksPerBatch: number;
};

const defaults: EventRetentionConfig = { everySeconds: 3_600, tasksPerBatch: 200 };

// Bounds one run; what is left waits for the next slot.
const batchesPerRun = 100;

/**
 * Clears the streamed text of tasks that ended longer ago than their organisation's plan keeps it. Their result, steps, calls, bill and every other event stay:
 * the text was only how the result arrived.
 */
export function eventRetention(
  database: Database,
  { everySeconds, tasksPerBatch }: EventRetentionConfig = defaults,
): UpkeepJob {
  const clearBatch = () =>
    asSystem(database, 'clear old events', async (tx) => {
      const { rows } = await tx.query<{ tasks: number; events: number }>(
        `with old as (
           select t.org_id, t.id from organizations o join plans p using (plan), lateral (
             select org_id, id from tasks
             where org_id = o.org_id and ended_at < now() - make_interval(days => p.event_retention_days)
               and (events_cleared_at is null or events_cleared_at < ended_at)
             order by ended_at limit $1 for update skip locked
           ) t limit $1
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
        [tasksPerBatch],
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
