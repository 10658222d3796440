import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem, type Tx } from '@devsphere/shared/db/doors.ts';
import type { PgBoss } from 'pg-boss';
import type { ClaimedRun } from './claimed-run.ts';
import { pauseSchedule } from './pause-schedule.ts';
import { type DueSchedule, planOccurrence } from './plan-occurrence.ts';

export const claimBatch = 50;

/**
 * Claims what is due: moves each schedule on and records its occurrence, in one transaction. Schedules another worker
 * is claiming are passed over. `more` says that a full batch was found, so there may be others.
 */
export async function claimDueSchedules(
  database: Database,
  boss: PgBoss,
): Promise<{ runs: ClaimedRun[]; more: boolean }> {
  return asSystem(database, 'fire due schedules', async (tx) => {
    const due = await lockDue(tx);
    if (due.length === 0) return { runs: [], more: false };
    const plans = due.map((schedule) => planOccurrence(schedule));
    const columns = {
      orgIds: due.map(({ org_id }) => org_id),
      ids: due.map(({ id }) => id),
      nominals: plans.map(({ nominalAt }) => nominalAt),
    };
    const [, inserted] = await Promise.all([
      tx.query(
        `update schedules s set next_run_at = p.next, last_run_at = p.nominal
         from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as p (org_id, id, nominal, next)
         where s.org_id = p.org_id and s.id = p.id`,
        [columns.orgIds, columns.ids, columns.nominals, plans.map(({ nextRunAt }) => nextRunAt)],
      ),
      tx.query<{ org_id: string; schedule_id: string; nominal_at: Date; runs_as: string }>(
        `with inserted as (
           insert into schedule_runs (org_id, schedule_id, nominal_at, trigger, state, runs_as, reason)
           select org_id, id, nominal, 'clock', state, runs_as, reason
           from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[])
             as p (org_id, id, nominal, state, runs_as, reason)
           on conflict do nothing
           returning org_id, schedule_id, nominal_at, runs_as, state
         )
         select org_id, schedule_id, nominal_at, runs_as from inserted where state = 'pending'`,
        [
          columns.orgIds,
          columns.ids,
          columns.nominals,
          plans.map(({ state }) => state),
          due.map(({ runs_as }) => runs_as),
          plans.map(({ reason }) => reason),
        ],
      ),
    ]);
    for (const [index, { pausedReason }] of plans.entries()) {
      const schedule = due[index];
      if (schedule && pausedReason) await pauseSchedule(tx, boss, schedule, pausedReason);
    }
    const runs = inserted.rows.map((row) => ({
      orgId: row.org_id,
      scheduleId: row.schedule_id,
      nominalAt: row.nominal_at,
      runsAs: row.runs_as,
      attempts: 1,
    }));
    return { runs, more: due.length === claimBatch };
  });
}

async function lockDue(tx: Tx): Promise<DueSchedule[]> {
  const { rows } = await tx.query<DueSchedule>(
    `select org_id, id, cron, time_zone, catch_up, next_run_at, runs_as, now() as now
     from schedules where state = 'active' and next_run_at <= now()
     order by next_run_at limit $1 for update skip locked`,
    [claimBatch],
  );
  return rows;
}
