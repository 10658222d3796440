import type { ApiKeySummary } from '../contracts/http/api-key.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { apiKeyColumns, apiKeyState, toApiKeySummary } from './api-key-rows.ts';

export type ApiKeyTarget = { orgId: string; apiKeyId: string };

/** One API key. Throws `not_found` when it does not exist, is somebody else's, or the person may not manage keys, alike. */
export async function getApiKey(
  database: Database,
  person: Actor & { type: 'person' },
  target: ApiKeyTarget,
): Promise<ApiKeySummary> {
  const key = await asActor(database, person, (tx) => selectApiKey(tx, target));
  if (!key) throw noSuchApiKey();
  return key;
}

/** The same within a transaction; undefined when there is none. */
export async function selectApiKey(
  tx: Tx,
  { orgId, apiKeyId }: ApiKeyTarget,
): Promise<ApiKeySummary | undefined> {
  const row = await tx.db
    .selectFrom('api_keys')
    .select([...apiKeyColumns, apiKeyState])
    .where('org_id', '=', orgId)
    .where('id', '=', apiKeyId)
    .executeTakeFirst();
  return row && toApiKeySummary(row);
}

export function noSuchApiKey(): AppError {
  return new AppError('not_found', 'There is no such API key, or you may not manage it.');
}
