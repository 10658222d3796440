import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { PgBoss } from 'pg-boss';
import type { ClaimedRun } from './claimed-run.ts';
import { pauseSchedule } from './pause-schedule.ts';

const ofRun = 'org_id = $1 and schedule_id = $2 and nominal_at = $3';
const keyOf = (run: ClaimedRun) => [run.orgId, run.scheduleId, run.nominalAt];

export type FiredRun = { run: ClaimedRun; taskId: string };

/** Records that occurrences have their tasks. */
export async function markFired(database: Database, fired: FiredRun[]): Promise<void> {
  if (fired.length === 0) return;
  await asSystem(database, 'record fired runs', (tx) =>
    tx.query(
      `update schedule_runs r set state = 'fired', task_id = f.task_id, fired_at = now()
       from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[]) as f (org_id, schedule_id, nominal_at, task_id)
       where r.org_id = f.org_id and r.schedule_id = f.schedule_id and r.nominal_at = f.nominal_at and r.state = 'pending'`,
      [
        fired.map(({ run }) => run.orgId),
        fired.map(({ run }) => run.scheduleId),
        fired.map(({ run }) => run.nominalAt),
        fired.map(({ taskId }) => taskId),
      ],
    ),
  );
}

/** Records why an occurrence has no task, and pauses a schedule that would be refused every time. */
export async function failRun(
  { database, boss }: { database: Database; boss: PgBoss },
  run: ClaimedRun,
  reason: string,
  { pause }: { pause: boolean },
): Promise<void> {
  const shown = reason.slice(0, 500);
  await asSystem(database, 'record a failed run', async (tx) => {
    await tx.query(
      `update schedule_runs set state = 'failed', reason = $4 where ${ofRun} and state = 'pending'`,
      [...keyOf(run), shown],
    );
    const schedule = { org_id: run.orgId, id: run.scheduleId, runs_as: run.runsAs };
    if (pause) await pauseSchedule(tx, boss, schedule, shown);
  });
}
