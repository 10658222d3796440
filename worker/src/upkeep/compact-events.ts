import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type EventCompactionConfig = {
  everySeconds: number;
  /** After the end: until then most readers have seen the end as it came. */
  afterMinutes: number;
  tasksPerBatch: number;
};

const defaults: EventCompactionConfig = { everySeconds: 60, afterMinutes: 5, tasksPerBatch: 20 };

// Bounds one run; what is left waits for the next slot.
const batchesPerRun = 100;

/** Merges the streamed text of ended tasks. Reading it from any event on gives what it gave before. */
export function eventCompaction(
  database: Database,
  { everySeconds, afterMinutes, tasksPerBatch }: EventCompactionConfig = defaults,
): UpkeepJob {
  const compactBatch = () =>
    asSystem(database, 'compact events', async (tx) => {
      const { rows } = await tx.query<{ tasks: number; events: number }>(
        'select tasks, events from app.compact_events($1, $2)',
        [afterMinutes, tasksPerBatch],
      );
      return rows[0] ?? { tasks: 0, events: 0 };
    });
  return {
    name: 'event-compaction',
    everySeconds,
    runOnce: async () => {
      const total = { tasks: 0, events: 0 };
      for (let batch = 0; batch < batchesPerRun; batch += 1) {
        const done = await compactBatch();
        total.tasks += done.tasks;
        total.events += done.events;
        if (done.tasks < tasksPerBatch) break;
      }
      return total;
    },
  };
}
