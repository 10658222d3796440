import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, asSystem } from '@devsphere/shared/db/doors.ts';
import { cancelTaskJobs } from '@devsphere/shared/queue/cancel-task-jobs.ts';
import type { FileStore } from '../storage/file-store.ts';

export type PurgeDependencies = { database: Database; files: FileStore | null };

const tasksAtOnce = 10_000;
const filesAtOnce = 100;
const rowsAtOnce = 5_000;
/** Long enough for the audit log, which nobody may delete in batches. */
const lastStepMilliseconds = 600_000;

type LiveTask = { id: string; job_queue: string; job_id: string };

/**
 * Removes what is left of a deleted organisation: stops its tasks, then deletes its files, its rows table by table, and
 * itself. Each step looks for what is still there, so it may be cut off anywhere and started again, or twice at once.
 */
export async function purgeOrganization(
  { database, files }: PurgeDependencies,
  orgId: string,
): Promise<{ files: number; rows: number }> {
  const done = { files: 0, rows: 0 };
  await stopTasks(database, orgId);
  for (;;) {
    const removed = await removeFiles(database, files, orgId);
    if (removed === 0) break;
    done.files += removed;
  }
  for (;;) {
    const removed = await asSystem(database, 'purge', async (tx) => {
      const { rows } = await tx.query<{ gone: number }>(
        'select app.purge_organization_rows($1, $2) as gone',
        [orgId, rowsAtOnce],
      );
      return rows[0]?.gone ?? 0;
    });
    if (removed === 0) break;
    done.rows += removed;
  }
  await asSystem(database, 'purge', async (tx) => {
    tx.bePatient(lastStepMilliseconds);
    await tx.query('select app.finish_purge($1)', [orgId]);
  });
  return done;
}

/** Takes the jobs of its tasks back, and stops those that run. */
async function stopTasks(database: Database, orgId: string): Promise<void> {
  const live = await asSystem(database, 'purge', async (tx) => {
    const { rows } = await tx.query<LiveTask>(
      'select id, job_queue, job_id from app.live_tasks_of_deleted($1, $2)',
      [orgId, tasksAtOnce],
    );
    for (const { id } of rows) tx.announceAfterCommit('control', `${orgId}/${id}`);
    return rows;
  });
  // What is left beyond the limit finds its task gone when it is taken after that is purged.
  for (const queue of new Set(live.map(({ job_queue }) => job_queue)))
    await asSeveral(database, { type: 'queue' }, (tx) =>
      cancelTaskJobs(
        tx,
        queue,
        live.filter(({ job_queue }) => job_queue === queue).map(({ job_id }) => job_id),
      ),
    );
}

async function removeFiles(
  database: Database,
  files: FileStore | null,
  orgId: string,
): Promise<number> {
  const found = await asSystem(database, 'purge', async (tx) => {
    const { rows } = await tx.query<{ bucket: string; name: string }>(
      'select bucket, name from app.files_of_deleted($1, $2)',
      [orgId, filesAtOnce],
    );
    return rows;
  });
  if (found.length > 0 && !files)
    throw new Error('files are left, and this worker has no storage: SUPABASE_URL and its keys');
  for (const bucket of new Set(found.map((file) => file.bucket)))
    await files?.remove(
      bucket,
      found.filter((file) => file.bucket === bucket).map(({ name }) => name),
      `${orgId}/`,
    );
  return found.length;
}
