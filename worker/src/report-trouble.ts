import { hostname } from 'node:os';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';

export type TroubleReport = {
  database: Database;
  /** The worker's name in the registry of instances. */
  name: string;
  /** Why it takes no work although it lives; null while all is well. */
  trouble: () => string | null;
  log: Logger;
};

/**
 * Tells operators of a worker's trouble as long as it lasts, and takes it back when it is over. Returns how to look now,
 * which never rejects: a worker that can't even tell is soon not heard from either.
 */
export function troubleReporter({ database, name, trouble, log }: TroubleReport): {
  lookNow: () => Promise<void>;
} {
  let told = false;
  const lookNow = async () => {
    const reason = trouble();
    if (reason === null && !told) return;
    try {
      await asSystem(database, "report a worker's trouble", async (tx) => {
        if (reason === null) {
          await tx.query('delete from worker_troubles where host = $1 and name = $2', [
            hostname(),
            name,
          ]);
          return;
        }
        await Promise.all([
          tx.query(
            `insert into worker_troubles (host, name, reason) values ($1, $2, $3)
             on conflict (host, name) do update set reason = excluded.reason, seen_at = now()`,
            [hostname(), name, reason],
          ),
          tx.query(`delete from worker_troubles where seen_at < now() - interval '1 day'`),
        ]);
      });
      told = reason !== null;
    } catch (error) {
      log.error({ err: error }, 'trouble could not be told');
    }
  };
  return { lookNow };
}
