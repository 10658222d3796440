import type { ApiKeyPage, ListApiKeysQuery } from '../contracts/http/api-key.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { apiKeyColumns, apiKeyState, toApiKeySummary } from './api-key-rows.ts';

/** One page of an organisation's API keys, newest first; empty for a person who may not manage them. */
export async function listApiKeys(
  database: Database,
  person: Actor & { type: 'person' },
  orgId: string,
  { before, limit }: ListApiKeysQuery,
): Promise<ApiKeyPage> {
  const rows = await asActor(database, person, (tx) => {
    const select = tx.db
      .selectFrom('api_keys')
      .select([...apiKeyColumns, apiKeyState])
      .where('org_id', '=', orgId)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    return (before ? select.where('id', '<', before) : select).execute();
  });
  const page = rows.slice(0, limit);
  return {
    apiKeys: page.map(toApiKeySummary),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
