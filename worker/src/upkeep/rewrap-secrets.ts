import { rewrap, type WrappedKey } from '@devsphere/shared/crypto/sealed-secret.ts';
import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type RewrapConfig = { everySeconds: number; rowsPerBatch: number };

// Few at a time: each takes some milliseconds in which the process does nothing else.
const defaults: RewrapConfig = { everySeconds: 3_600, rowsPerBatch: 20 };

// Bounds one run; what is left waits for the next slot.
const batchesPerRun = 500;

type Row = { org_id: string; id: string; kind: string; key_id: string; wrapped_key: Buffer };

/** Where sealed secrets are, and what besides organisation and id they are bound to. */
const tables = [
  { table: 'integrations', kind: 'kind' },
  { table: 'webhook_secrets', kind: `'webhook'::text` },
];

/**
 * Wraps the data keys of sealed secrets again under the newest key, so that older ones can be thrown away. Neither the
 * secrets nor what is sealed are read. What no key here opens is left, and counted.
 */
export function rewrapSecrets(
  database: Database,
  keys: readonly OpeningKey[],
  { everySeconds, rowsPerBatch }: RewrapConfig = defaults,
): UpkeepJob {
  const wrapBatch = (table: string, kind: string, newest: string, after: string) =>
    asSystem(database, 'wrap data keys again', async (tx) => {
      const { rows } = await tx.query<Row>(
        `select org_id, id, ${kind} as kind, key_id, wrapped_key from ${table}
         where key_id <> $1 and id > $2 order by id limit $3 for update skip locked`,
        [newest, after, rowsPerBatch],
      );
      const wrapped = rows.flatMap((row) => {
        const again = tryRewrap(keys, row);
        return again ? [{ row, again }] : [];
      });
      await tx.query(
        `update ${table} t set key_id = w.key_id, wrapped_key = w.wrapped_key
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) as w (org_id, id, key_id, wrapped_key)
         where t.org_id = w.org_id and t.id = w.id`,
        [
          wrapped.map(({ row }) => row.org_id),
          wrapped.map(({ row }) => row.id),
          wrapped.map(({ again }) => again.keyId),
          wrapped.map(({ again }) => again.wrappedKey),
        ],
      );
      return { seen: rows.length, wrapped: wrapped.length, last: rows.at(-1)?.id ?? after };
    });
  return {
    name: 'secret-rotation',
    everySeconds,
    runOnce: async () => {
      const total = { wrapped: 0, unopened: 0 };
      const [newest] = keys;
      if (!newest) return total;
      for (const { table, kind } of tables) {
        let after = '00000000-0000-0000-0000-000000000000';
        for (let batch = 0; batch < batchesPerRun; batch += 1) {
          const done = await wrapBatch(table, kind, newest.id, after);
          total.wrapped += done.wrapped;
          total.unopened += done.seen - done.wrapped;
          after = done.last;
          if (done.seen < rowsPerBatch) break;
        }
      }
      return total;
    },
  };
}

function tryRewrap(keys: readonly OpeningKey[], row: Row): WrappedKey | undefined {
  const place = { orgId: row.org_id, id: row.id, kind: row.kind };
  try {
    return rewrap(keys, place, { keyId: row.key_id, wrappedKey: row.wrapped_key });
  } catch {
    return undefined;
  }
}
