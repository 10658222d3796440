import { sql } from 'kysely';
import { mintApiKeyToken } from '../auth/api-key-token.ts';
import {
  type CreateApiKeyBody,
  createApiKeyBody,
  maximumLiveApiKeys,
  type NewApiKey,
} from '../contracts/http/api-key.ts';
import { completeScopes } from '../contracts/http/api-key-scopes.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { apiKeyColumns, apiKeyState, toApiKeySummary } from '../queries/api-key-rows.ts';
import { validate } from '../validate.ts';
import { checkIdempotencyKey } from './check-task-input.ts';
import { audit, type CommandContext, refusal, sqlState } from './command-context.ts';

export type CreateApiKey = CreateApiKeyBody & {
  orgId: string;
  /** A second creation with the same key is refused, since the first one's token can't be shown again. */
  idempotencyKey: string | null;
};

/**
 * Makes an API key of an organisation. Its token is in the answer and nowhere else. Throws `invalid_request`,
 * `forbidden` (also for a scope the person's own role lacks), `not_found`, or `conflict`.
 */
export async function createApiKey(
  context: CommandContext,
  command: CreateApiKey,
): Promise<NewApiKey> {
  const { orgId, idempotencyKey, ...body } = command;
  const { name, scopes, expiresAt } = validate(createApiKeyBody, body);
  checkIdempotencyKey(idempotencyKey);
  if (expiresAt !== null && new Date(expiresAt).getTime() <= Date.now()) {
    throw new AppError('invalid_request', 'expiresAt: choose a time to come.', {
      fields: [{ field: 'expiresAt', message: 'Choose a time to come' }],
    });
  }
  try {
    return await asActor(context.database, context.actor, (tx) =>
      insertApiKey(tx, context, {
        orgId,
        name,
        scopes: completeScopes(scopes),
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
        idempotencyKey,
      }),
    );
  } catch (error) {
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'api_keys.manage', error);
    if (sqlState(error) === '23505' && idempotencyKey !== null)
      throw new AppError(
        'conflict',
        'A key was already made with this Idempotency-Key. It was shown then; revoke it and make another if it is lost.',
        { cause: error },
      );
    throw error;
  }
}

async function insertApiKey(
  tx: Tx,
  context: CommandContext,
  key: {
    orgId: string;
    name: string;
    scopes: string[];
    expiresAt: Date | null;
    idempotencyKey: string | null;
  },
): Promise<NewApiKey> {
  const { token, prefix, hash } = mintApiKeyToken();
  const id = newId();
  const [row, { count }] = await Promise.all([
    tx.db
      .insertInto('api_keys')
      .values({
        org_id: key.orgId,
        id,
        name: key.name,
        prefix,
        secret_hash: hash,
        scopes: key.scopes,
        expires_at: key.expiresAt,
        created_by: context.actor.userId,
        idempotency_key: key.idempotencyKey,
      })
      .returning([...apiKeyColumns, apiKeyState])
      .executeTakeFirstOrThrow(),
    tx.db
      .selectFrom('api_keys')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('org_id', '=', key.orgId)
      .where(sql<boolean>`app.api_key_state(revoked_at, expires_at, overlap_ends_at) = 'live'`)
      .executeTakeFirstOrThrow(),
    audit(tx, context, {
      orgId: key.orgId,
      action: 'api_key.created',
      targetId: id,
      detail: {
        name: key.name,
        prefix,
        scopes: key.scopes.join(' '),
        expiresAt: key.expiresAt?.toISOString() ?? null,
      },
    }),
  ]);
  if (count > maximumLiveApiKeys)
    throw new AppError(
      'conflict',
      `An organisation has at most ${maximumLiveApiKeys} API keys that work. Revoke one first.`,
    );
  return { apiKey: toApiKeySummary(row), token };
}
