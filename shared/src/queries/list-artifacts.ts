import type { Artifact } from '../contracts/http/artifact.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { isId } from '../ids.ts';

/** More than any handler makes of one task. */
const maximumListed = 100;

/** The files of a task by name, at most 100. Throws `not_found` for a task the actor can't see. */
export async function listArtifacts(
  database: Database,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<Artifact[]> {
  const [task, rows] = await asActor(database, actor, (tx) =>
    Promise.all([
      tx.db
        .selectFrom('tasks')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', taskId)
        .executeTakeFirst(),
      selectArtifacts(tx, orgId, taskId).orderBy('name').limit(maximumListed).execute(),
    ]),
  );
  if (!task) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  return rows.map(toArtifact);
}

/** One file of a task, and where the storage has it. Throws `not_found` when there is none or the actor may not see it, alike. */
export async function getArtifact(
  database: Database,
  actor: Actor,
  { orgId, taskId, artifactId }: { orgId: string; taskId: string; artifactId: string },
): Promise<{ artifact: Artifact; path: string }> {
  const row = isId(artifactId)
    ? await asActor(database, actor, (tx) =>
        selectArtifacts(tx, orgId, taskId).where('id', '=', artifactId).executeTakeFirst(),
      )
    : undefined;
  if (!row) throw new AppError('not_found', 'There is no such file, or you may not see it.');
  return { artifact: toArtifact(row), path: row.path };
}

function selectArtifacts(tx: Tx, orgId: string, taskId: string) {
  return tx.db
    .selectFrom('artifacts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('task_id', '=', taskId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectArtifacts>['execute']>>[number];

const toArtifact = (row: Row): Artifact => ({
  id: row.id,
  taskId: row.task_id,
  name: row.name,
  mediaType: row.media_type,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  createdAt: row.created_at.toISOString(),
});
