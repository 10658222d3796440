import { sql } from 'kysely';
import { mintApiKeyToken } from '../auth/api-key-token.ts';
import { type ApiKeySummary, type NewApiKey, rotateApiKeyBody } from '../contracts/http/api-key.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { apiKeyColumns, apiKeyState, toApiKeySummary } from '../queries/api-key-rows.ts';
import { type ApiKeyTarget, noSuchApiKey, selectApiKey } from '../queries/get-api-key.ts';
import { requirePermission } from '../queries/require-permission.ts';
import { validate } from '../validate.ts';
import { audit, type CommandContext } from './command-context.ts';

/**
 * Replaces an API key by a new one with the same name and scopes, made to live as long as the old one was. The old one
 * goes on working for the overlap. Throws `not_found`, `forbidden`, `invalid_request`, or `conflict` for a key that no
 * longer works or was already replaced.
 */
export async function rotateApiKey(
  context: CommandContext,
  { orgId, apiKeyId, ...body }: ApiKeyTarget & { overlapHours?: number },
): Promise<NewApiKey> {
  const { overlapHours } = validate(rotateApiKeyBody, body);
  const { database, actor } = context;
  const target = { orgId, apiKeyId };
  await requirePermission(database, actor, orgId, 'api_keys.manage');
  return asActor(database, actor, async (tx) => {
    const old = await selectApiKey(tx, target);
    if (!old) throw noSuchApiKey();
    const made = await insertSuccessor(tx, context, old);
    const { numUpdatedRows } = await tx.db
      .updateTable('api_keys')
      .set({
        replaced_by: made.apiKey.id,
        overlap_ends_at: sql<Date>`now() + make_interval(hours => ${overlapHours})`,
      })
      .where('org_id', '=', orgId)
      .where('id', '=', apiKeyId)
      .where('replaced_by', 'is', null)
      .where(sql<boolean>`app.api_key_state(revoked_at, expires_at, overlap_ends_at) = 'live'`)
      .executeTakeFirstOrThrow();
    // Thrown, so that the successor goes with the transaction.
    if (numUpdatedRows === 0n) throw new AppError('conflict', whyNotRotated(old));
    await audit(tx, context, {
      orgId,
      action: 'api_key.rotated',
      targetId: apiKeyId,
      detail: { replacedBy: made.apiKey.id, prefix: made.apiKey.prefix, overlapHours },
    });
    return made;
  });
}

async function insertSuccessor(
  tx: Tx,
  context: CommandContext,
  old: ApiKeySummary,
): Promise<NewApiKey> {
  const { token, prefix, hash } = mintApiKeyToken();
  const row = await tx.db
    .insertInto('api_keys')
    .values({
      org_id: old.orgId,
      id: newId(),
      name: old.name,
      prefix,
      secret_hash: hash,
      scopes: old.scopes,
      expires_at: old.expiresAt === null ? null : sameLifetime(old.createdAt, old.expiresAt),
      created_by: context.actor.userId,
    })
    .returning([...apiKeyColumns, apiKeyState])
    .executeTakeFirstOrThrow();
  return { apiKey: toApiKeySummary(row), token };
}

function sameLifetime(createdAt: string, expiresAt: string): Date {
  return new Date(Date.now() + new Date(expiresAt).getTime() - new Date(createdAt).getTime());
}

function whyNotRotated({ state, replacedBy }: ApiKeySummary): string {
  if (replacedBy) return 'This key was already replaced. Rotate the one that replaced it.';
  if (state === 'live') return 'This key was changed at the same moment. Look again.';
  return `A key that is ${state} can't be rotated. Make a new one.`;
}
