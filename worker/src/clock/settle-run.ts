import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem, type Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import type { ClaimedRun } from './claimed-run.ts';

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
  database: Database,
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
    if (pause) await pauseSchedule(tx, run, shown);
  });
}

async function pauseSchedule(tx: Tx, run: ClaimedRun, reason: string): Promise<void> {
  const { rowCount } = await tx.query(
    `update schedules set state = 'paused', paused_reason = $3, next_run_at = null, updated_at = now()
     where org_id = $1 and id = $2 and runs_as = $4`,
    [run.orgId, run.scheduleId, reason, run.runsAs],
  );
  if (rowCount === 0) return;
  await tx.query(
    `insert into audit_entries (org_id, id, actor_type, action, target_type, target_id, detail)
     values ($1, $2, 'system', 'schedule.paused', 'schedule', $3, $4)`,
    [run.orgId, newId(), run.scheduleId, JSON.stringify({ reason })],
  );
}
