import { exportDays } from '@devsphere/shared/contracts/http/export.ts';
import { asActor, asSystem, type Tx } from '@devsphere/shared/db/doors.ts';
import type { PurgeDependencies } from './purge-organization.ts';
import { readPeople, readRows } from './read-rows.ts';
import { tenantTables } from './tenant-tables.ts';
import { ArchiveTooLarge, maximumArchiveBytes, ZipArchive } from './zip-archive.ts';

type Due = { requested_by: string; path: string };
type Result = { rows: number; bytes: number };

/**
 * Makes an export as the owner who asked for it: a zip with one file of JSON lines for each table. Done again after a
 * crash it replaces the file. One that can't be made says why and is not tried again; anything else is thrown.
 */
export async function exportOrganization(
  { database, files }: Omit<PurgeDependencies, 'boss'>,
  { orgId, id }: { orgId: string; id: string },
): Promise<Result> {
  const due = await asSystem(database, 'make an export', async (tx) => {
    const { rows } = await tx.query<Due>(
      `select requested_by, path from exports where org_id = $1 and id = $2 and state = 'queued'`,
      [orgId, id],
    );
    return rows[0];
  });
  if (!due) return { rows: 0, bytes: 0 };
  if (!files) throw new Error('this worker has no storage: SUPABASE_URL and its keys');
  const settle = (change: string, values: unknown[]) =>
    asSystem(database, 'settle an export', (tx) =>
      tx.query(
        `update exports set finished_at = now(), ${change} where org_id = $1 and id = $2 and state = 'queued'`,
        [orgId, id, ...values],
      ),
    );
  try {
    const { archive, rows } = await writeArchive(database, due.requested_by, orgId);
    await files.store('exports', due.path, 'application/zip', archive);
    await settle(
      `state = 'ready', bytes = $3, row_count = $4, expires_at = now() + make_interval(days => $5)`,
      [archive.length, rows, exportDays],
    );
    return { rows, bytes: archive.length };
  } catch (error) {
    if (!(error instanceof ArchiveTooLarge || error instanceof NoLongerOwner)) throw error;
    await settle(`state = 'failed', error = $3`, [error.message]);
    return { rows: 0, bytes: 0 };
  }
}

class NoLongerOwner extends Error {}

async function writeArchive(
  database: PurgeDependencies['database'],
  userId: string,
  orgId: string,
): Promise<{ archive: Uint8Array<ArrayBuffer>; rows: number }> {
  // One moment for all of it: what a row refers to is in the file too.
  return asActor(database, { type: 'person', userId }, (tx) => archiveOf(tx, orgId), 'snapshot');
}

async function archiveOf(
  tx: Tx,
  orgId: string,
): Promise<{ archive: Uint8Array<ArrayBuffer>; rows: number }> {
  const { rows: mine } = await tx.query(
    `select from app.permitted_org_ids('organization.export') as mine where mine = $1`,
    [orgId],
  );
  if (mine.length === 0)
    throw new NoLongerOwner('Whoever asked for this export may no longer make one.');
  const tables = await tenantTables(tx);
  const zip = new ZipArchive();
  const counts: Record<string, number> = {};
  try {
    for (const table of tables) {
      const file = zip.file(`${table.name}.jsonl`);
      counts[table.name] = 0;
      for await (const lines of readRows(tx, orgId, table)) {
        file.write(`${lines.join('\n')}\n`);
        counts[table.name] = (counts[table.name] ?? 0) + lines.length;
      }
      file.end();
    }
    const people = zip.file('people.jsonl');
    for (const line of await readPeople(tx, orgId)) people.write(`${line}\n`);
    people.end();
    const manifest = zip.file('manifest.json');
    const made = { organization: orgId, exportedAt: new Date().toISOString(), rows: counts };
    manifest.write(`${JSON.stringify(made, null, 2)}\n`);
    manifest.end();
  } catch (error) {
    if (!(error instanceof ArchiveTooLarge)) throw error;
    throw new ArchiveTooLarge(
      `The export is larger than ${maximumArchiveBytes / 1024 / 1024} MB. Ask the operators of this system for it.`,
    );
  }
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { archive: zip.end(), rows };
}
