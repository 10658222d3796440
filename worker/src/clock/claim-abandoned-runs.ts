import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { claimBatch } from './claim-due-schedules.ts';
import type { ClaimedRun } from './claimed-run.ts';

/**
 * Takes up occurrences whose worker vanished, or failed to reach the queue, before their task was submitted.
 * Submitting them again is safe: the occurrence is the submission's idempotency key.
 */
export async function claimAbandonedRuns(
  database: Database,
  olderThanSeconds: number,
): Promise<ClaimedRun[]> {
  return asSystem(database, 'take up abandoned runs', async (tx) => {
    const { rows } = await tx.query<{
      org_id: string;
      schedule_id: string;
      nominal_at: Date;
      runs_as: string;
      attempts: number;
    }>(
      `update schedule_runs r set claimed_at = now(), attempts = r.attempts + 1
       from (
         select org_id, schedule_id, nominal_at from schedule_runs
         where state = 'pending' and claimed_at < now() - make_interval(secs => $1)
         order by claimed_at limit $2 for update skip locked
       ) old
       where r.org_id = old.org_id and r.schedule_id = old.schedule_id and r.nominal_at = old.nominal_at
       returning r.org_id, r.schedule_id, r.nominal_at, r.runs_as, r.attempts`,
      [olderThanSeconds, claimBatch],
    );
    return rows.map((row) => ({
      orgId: row.org_id,
      scheduleId: row.schedule_id,
      nominalAt: row.nominal_at,
      runsAs: row.runs_as,
      attempts: row.attempts,
    }));
  });
}
