import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { sendOrganizationJob } from '@devsphere/shared/queue/organization-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { UpkeepJob } from './upkeep-job.ts';

export type PurgeResumptionConfig = { everySeconds: number; afterMinutes: number };

const defaults: PurgeResumptionConfig = { everySeconds: 3_600, afterMinutes: 60 };

/** Asks again for the purge of what was deleted a while ago and is still there: nothing deleted stays for ever. */
export function purgeResumption(
  database: Database,
  boss: PgBoss,
  { everySeconds, afterMinutes }: PurgeResumptionConfig = defaults,
): UpkeepJob {
  return {
    name: 'purge-resumption',
    everySeconds,
    runOnce: () =>
      asSystem(database, 'resume purges', async (tx) => {
        const { rows } = await tx.query<{ org_id: string }>(
          `select org_id from organizations where deleted_at < now() - make_interval(mins => $1)
           order by deleted_at limit 100`,
          [afterMinutes],
        );
        for (const { org_id } of rows)
          await sendOrganizationJob(tx, boss, { work: 'purge', orgId: org_id });
        return { resumed: rows.length };
      }),
  };
}
