import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { ClaimedRun } from './claimed-run.ts';

export type ScheduledTask = { kind: string; input: Record<string, unknown> };

/**
 * What claimed runs submit, read as the people they run as: the system itself may not see it. A run is missing from the
 * answer when its person may no longer read the schedule.
 */
export async function readSchedules(
  database: Database,
  runs: ClaimedRun[],
): Promise<Map<ClaimedRun, ScheduledTask>> {
  const found = new Map<ClaimedRun, ScheduledTask>();
  const ofPeople = Map.groupBy(runs, ({ runsAs }) => runsAs);
  for (const [userId, theirs] of ofPeople) {
    const { rows } = await asActor(database, { type: 'person', userId }, (tx) =>
      tx.query<ScheduledTask & { org_id: string; id: string }>(
        `select org_id, id, kind, input from schedules
         where (org_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
        [theirs.map(({ orgId }) => orgId), theirs.map(({ scheduleId }) => scheduleId)],
      ),
    );
    const tasks = new Map(rows.map(({ org_id, id, ...task }) => [`${org_id}/${id}`, task]));
    for (const run of theirs) {
      const task = tasks.get(`${run.orgId}/${run.scheduleId}`);
      if (task) found.set(run, task);
    }
  }
  return found;
}
