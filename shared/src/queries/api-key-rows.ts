import { sql } from 'kysely';
import type { ApiKeySummary } from '../contracts/http/api-key.ts';
import type { ApiKeyScope } from '../contracts/http/api-key-scopes.ts';

/** What is shown of a key. Its hash is not among it, nor granted to anyone. */
export const apiKeyColumns = [
  'id',
  'org_id',
  'name',
  'prefix',
  'scopes',
  'expires_at',
  'last_used_at',
  'created_by',
  'created_at',
  'revoked_at',
  'replaced_by',
  'overlap_ends_at',
] as const;

/** Asked of the database, whose clock decides. */
export const apiKeyState = sql<
  ApiKeySummary['state']
>`app.api_key_state(revoked_at, expires_at, overlap_ends_at)`.as('state');

type ApiKeyRow = {
  id: string;
  org_id: string;
  name: string;
  prefix: string;
  scopes: string[];
  expires_at: Date | null;
  last_used_at: Date | null;
  created_by: string;
  created_at: Date;
  revoked_at: Date | null;
  replaced_by: string | null;
  overlap_ends_at: Date | null;
  state: ApiKeySummary['state'];
};

export function toApiKeySummary(row: ApiKeyRow): ApiKeySummary {
  return {
    id: row.id,
    orgId: row.org_id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as ApiKeyScope[],
    state: row.state,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    replacedBy: row.replaced_by,
    overlapEndsAt: row.overlap_ends_at?.toISOString() ?? null,
  };
}
