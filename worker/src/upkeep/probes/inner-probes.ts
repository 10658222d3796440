import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { countJobs } from '@devsphere/shared/queue/count-jobs.ts';
import { queues } from '@devsphere/shared/queue/queues.ts';
import type { PgBoss } from 'pg-boss';
import type { Probe } from './probe.ts';

const longWaitSeconds = 60;
const lateScheduleSeconds = 60;

/** Whether the database answers a statement. */
export function databaseProbe(database: Database): Probe {
  return {
    component: 'database',
    look: async () => {
      await asSystem(database, 'probe the database', (tx) => tx.query('select 1'));
      return { state: 'operational', detail: 'Answers.' };
    },
  };
}

/** Whether work gets through: nothing that could run has waited long, and no queue is held. */
export function queueProbe(database: Database, boss: PgBoss): Probe {
  return {
    component: 'queue',
    look: async () => {
      const { rows: held } = await asSystem(database, 'probe the queue', (tx) =>
        tx.query('select queue from queue_controls limit 1'),
      );
      if (held.length > 0)
        return { state: 'degraded', detail: 'Tasks wait: work is held for maintenance.' };
      const names = Object.values(queues).map(({ name }) => name);
      const counts = await countJobs(boss.getDb(), names);
      const oldest = Math.max(
        ...[...counts.values()].map((count) => count.oldestReadySeconds ?? 0),
      );
      return oldest > longWaitSeconds
        ? { state: 'degraded', detail: `Tasks wait longer than usual: ${Math.round(oldest)} s.` }
        : { state: 'operational', detail: 'Work gets through.' };
    },
  };
}

/** Whether workers are heard from. With none at all nobody probes, and the page says that there is no data. */
export function workersProbe(boss: PgBoss): Probe {
  return {
    component: 'workers',
    look: async () => {
      const instances = (await boss.getInstances()).filter(({ stoppedOn }) => stoppedOn === null);
      const live = instances.filter((instance) => instance.live).length;
      return live > 0
        ? { state: 'operational', detail: `${live} at work.` }
        : { state: 'outage', detail: 'None is heard from.' };
    },
  };
}

/** Whether schedules fire in time. */
export function schedulerProbe(database: Database): Probe {
  return {
    component: 'scheduler',
    look: async () => {
      const { rows } = await asSystem(database, 'probe the scheduler', (tx) =>
        tx.query(
          `select id from schedules where state = 'active' and next_run_at < now() - make_interval(secs => $1) limit 1`,
          [lateScheduleSeconds],
        ),
      );
      return rows.length > 0
        ? { state: 'degraded', detail: 'Schedules fire late.' }
        : { state: 'operational', detail: 'Schedules fire in time.' };
    },
  };
}
