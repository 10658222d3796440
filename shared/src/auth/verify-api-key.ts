import type { ApiKey } from '../commands/command-context.ts';
import type { ApiKeyScope } from '../contracts/http/api-key-scopes.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { hashApiKeyToken, isWellFormedApiKey } from './api-key-token.ts';

export type VerifiedApiKey = {
  actor: ApiKey;
  /** For saying early what is missing; the database asks its own table. */
  scopes: ApiKeyScope[];
  /** When it stops working by itself; null for never. */
  validUntil: Date | null;
};

const refusals = {
  revoked: 'This API key has been revoked.',
  expired: 'This API key has expired. Make a new one.',
  replaced:
    'This API key was replaced, and the time in which both worked is over. Use the new one.',
};

type FoundKey = {
  org_id: string;
  key_id: string;
  scopes: ApiKeyScope[];
  state: 'live' | keyof typeof refusals;
  valid_until: Date | null;
};

/**
 * Finds out whose API key this is, and notes that it was used. Asks the database every time, so that a revoked key is
 * refused from the next request on. Throws `unauthenticated` for one that is misspelled, unknown or no longer valid.
 */
export async function verifyApiKey(database: Database, token: string): Promise<VerifiedApiKey> {
  if (!isWellFormedApiKey(token))
    throw new AppError(
      'unauthenticated',
      'This is not a complete API key: a character is wrong or missing. Copy it again.',
    );
  const { rows } = await asActor(database, { type: 'unknown_key' }, (tx) =>
    tx.query<FoundKey>(
      'select org_id, key_id, scopes, state, valid_until from app.authenticate_api_key($1)',
      [hashApiKeyToken(token)],
    ),
  );
  const [key] = rows;
  if (!key) throw new AppError('unauthenticated', 'There is no such API key.');
  if (key.state !== 'live') throw new AppError('unauthenticated', refusals[key.state]);
  return {
    actor: { type: 'api_key', orgId: key.org_id, keyId: key.key_id },
    scopes: key.scopes,
    validUntil: key.valid_until,
  };
}
