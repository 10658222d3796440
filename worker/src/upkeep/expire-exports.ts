import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type ExportExpiryConfig = { everySeconds: number; perRun: number };

const defaults: ExportExpiryConfig = { everySeconds: 3_600, perRun: 200 };

type Due = { org_id: string; id: string; path: string };

/** Deletes the files of exports whose time is over; downloads are refused from that moment anyway. */
export function exportExpiry(
  database: Database,
  files: FileStore | null,
  { everySeconds, perRun }: ExportExpiryConfig = defaults,
): UpkeepJob {
  return {
    name: 'export-expiry',
    everySeconds,
    runOnce: async () => {
      const due = await asSystem(database, 'expire exports', async (tx) => {
        const { rows } = await tx.query<Due>(
          `select org_id, id, path from exports where state = 'ready' and expires_at <= now() order by expires_at limit $1`,
          [perRun],
        );
        return rows;
      });
      if (due.length > 0 && !files) throw new Error('this worker has no storage');
      for (const { org_id, id, path } of due) {
        await files?.remove('exports', [path], path);
        await asSystem(database, 'expire exports', (tx) =>
          tx.query(`update exports set state = 'expired' where org_id = $1 and id = $2`, [
            org_id,
            id,
          ]),
        );
      }
      return { expired: due.length };
    },
  };
}
