import { createHash } from 'node:crypto';
import { newId } from '@devsphere/shared/ids.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import { storeStep } from './call-ledger.ts';
import type { Claim } from './claim.ts';
import type { EventSink } from './event-sink.ts';
import { failureOf } from './failures.ts';
import type { TaskWriter } from './task-writer.ts';

export type NewArtifact = { name: string; mediaType: string; text: string };
export type StoredArtifact = { name: string; media_type: string; path: string; bytes: number };

/** Stores files of a task as one durable step: the bytes first, then their list with the step in one transaction. */
export async function storeArtifacts(
  deps: { writer: TaskWriter; store: ArtifactStore | null; claim: Claim; sink: EventSink },
  files: NewArtifact[],
): Promise<StoredArtifact[]> {
  const { writer, store, claim, sink } = deps;
  const key = 'artifacts';
  const title = 'Store the files';
  const stored = claim.steps.get(key);
  if (stored !== undefined) {
    sink.add({ type: 'step.replayed', data: { step: key, title } });
    return (stored as { artifacts: StoredArtifact[] }).artifacts;
  }
  if (!store) throw failureOf('storage_not_set_up');
  const startedAt = new Date();
  sink.add({ type: 'step.started', data: { step: key, title } });
  const rows = await Promise.all(
    files.map(async ({ name, mediaType, text }) => {
      const body = Buffer.from(text);
      const path = await store({ orgId: claim.orgId, taskId: claim.taskId, name }, mediaType, body);
      return {
        name,
        media_type: mediaType,
        path,
        bytes: body.byteLength,
        sha256: createHash('sha256').update(body).digest('hex'),
      };
    }),
  );
  const artifacts = rows.map(({ sha256: _digest, ...artifact }) => artifact);
  const events = [
    ...(await sink.takeWaiting()),
    { type: 'step.completed' as const, data: { step: key, title } },
  ];
  await storeStep(writer, claim, key, { title, output: { artifacts }, startedAt }, events, (tx) =>
    tx.query(
      `insert into artifacts (org_id, id, task_id, name, media_type, path, bytes, sha256)
       select $1, id, $2, name, media_type, path, bytes, sha256
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[]) as f(id, name, media_type, path, bytes, sha256)`,
      [
        claim.orgId,
        claim.taskId,
        rows.map(() => newId()),
        rows.map(({ name }) => name),
        rows.map(({ media_type }) => media_type),
        rows.map(({ path }) => path),
        rows.map(({ bytes }) => bytes),
        rows.map(({ sha256 }) => sha256),
      ],
    ),
  );
  claim.steps.set(key, { artifacts });
  return artifacts;
}
