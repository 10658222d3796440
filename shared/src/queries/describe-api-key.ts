import type { ApiKey } from '../commands/command-context.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** What a program is told about the key it came with. */
export async function describeApiKey(database: Database, key: ApiKey) {
  return asActor(database, key, async (tx) => {
    const [{ name, scopes, expires_at, overlap_ends_at }, organizations] = await Promise.all([
      tx.db
        .selectFrom('api_keys')
        .select(['name', 'scopes', 'expires_at', 'overlap_ends_at'])
        .where('org_id', '=', key.orgId)
        .where('id', '=', key.keyId)
        .executeTakeFirstOrThrow(),
      tx.db
        .selectFrom('organizations')
        .select(['org_id as orgId', 'slug', 'name', 'plan'])
        .where('org_id', '=', key.orgId)
        .execute(),
    ]);
    return {
      apiKey: {
        id: key.keyId,
        name,
        scopes,
        expiresAt: expires_at?.toISOString() ?? null,
        overlapEndsAt: overlap_ends_at?.toISOString() ?? null,
      },
      organizations,
    };
  });
}
