import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type DeliveryRetentionConfig = {
  everySeconds: number;
  /** The database refuses to delete what is younger than 7 days. */
  afterDays: number;
  rowsPerBatch: number;
};

const defaults: DeliveryRetentionConfig = { everySeconds: 3_600, afterDays: 30, rowsPerBatch: 500 };

// Bounds one run; what is left waits for the next slot.
const batchesPerRun = 100;

/** Deletes webhook messages that ended long ago, with what was sent and came back, and signing secrets that expired. */
export function deliveryRetention(
  database: Database,
  { everySeconds, afterDays, rowsPerBatch }: DeliveryRetentionConfig = defaults,
): UpkeepJob {
  const deleteBatch = () =>
    asSystem(database, 'delete old webhook deliveries', async (tx) => {
      const { rowCount } = await tx.query(
        `with old as (
           select org_id, id from webhook_deliveries
           where ended_at < now() - make_interval(days => $1) order by ended_at limit $2
         )
         delete from webhook_deliveries d using old where d.org_id = old.org_id and d.id = old.id`,
        [afterDays, rowsPerBatch],
      );
      return rowCount ?? 0;
    });
  return {
    name: 'delivery-retention',
    everySeconds,
    runOnce: async () => {
      let deliveries = 0;
      for (let batch = 0; batch < batchesPerRun; batch += 1) {
        const deleted = await deleteBatch();
        deliveries += deleted;
        if (deleted < rowsPerBatch) break;
      }
      const secrets = await asSystem(database, 'delete expired signing secrets', (tx) =>
        tx.query('delete from webhook_secrets where expires_at < now()'),
      );
      return { deliveries, secrets: secrets.rowCount ?? 0 };
    },
  };
}
