'use server';

import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import { revokeApiKey } from '@devsphere/shared/commands/revoke-api-key.ts';
import { rotateApiKey } from '@devsphere/shared/commands/rotate-api-key.ts';
import type { FieldError } from '@devsphere/shared/errors.ts';
import { refresh } from 'next/cache';
import { z } from 'zod';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

const org = z.string().max(100);
const creation = z.object({
  org,
  name: z.string().max(1_000),
  scopes: z.array(z.string().max(100)).max(20),
  /** Null for a key that never expires. */
  days: z.int().min(1).max(3_650).nullable(),
  idempotencyKey: z.string().min(1).max(200),
});
const target = z.object({ org, apiKeyId: z.uuid() });
const rotation = target.extend({ overlapHours: z.int().min(0).max(10_000) });

export type ApiKeyRefused = { message: string; fields: FieldError[] };
/** A token that is shown now and never again, or why there is none. */
export type ApiKeyAnswer = { token: string } | { refused: ApiKeyRefused };

const dayMilliseconds = 86_400_000;

async function command<T>(
  slug: string,
  run: (context: CommandContext, orgId: string) => Promise<T>,
): Promise<{ done: T } | { refused: ApiKeyRefused }> {
  const { person, organization } = await requireOrganization(slug);
  try {
    const done = await run(await commandContext(person), organization.orgId);
    refresh();
    return { done };
  } catch (error) {
    const { message, fields } = publicError(error);
    return { refused: { message, fields } };
  }
}

/** Makes a key. The same idempotency key twice makes one. */
export async function createApiKeyAction(
  untrusted: z.input<typeof creation>,
): Promise<ApiKeyAnswer> {
  const { org: slug, days, scopes, ...rest } = creation.parse(untrusted);
  const expiresAt = days === null ? null : new Date(Date.now() + days * dayMilliseconds);
  const answer = await command(slug, (context, orgId) =>
    createApiKey(context, {
      ...rest,
      orgId,
      // The command validates: what is not a scope is refused by name.
      scopes: scopes as Parameters<typeof createApiKey>[1]['scopes'],
      expiresAt: expiresAt?.toISOString() ?? null,
    }),
  );
  return 'done' in answer ? { token: answer.done.token } : answer;
}

/** Replaces a key by a new one; both work for the overlap. */
export async function rotateApiKeyAction(
  untrusted: z.input<typeof rotation>,
): Promise<ApiKeyAnswer> {
  const { org: slug, ...rest } = rotation.parse(untrusted);
  const answer = await command(slug, (context, orgId) => rotateApiKey(context, { ...rest, orgId }));
  return 'done' in answer ? { token: answer.done.token } : answer;
}

/** Ends a key at once. Null when it is done. */
export async function revokeApiKeyAction(
  untrusted: z.input<typeof target>,
): Promise<ApiKeyRefused | null> {
  const { org: slug, apiKeyId } = target.parse(untrusted);
  const answer = await command(slug, (context, orgId) =>
    revokeApiKey(context, { orgId, apiKeyId }),
  );
  return 'done' in answer ? null : answer.refused;
}
