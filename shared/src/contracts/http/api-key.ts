import { z } from 'zod';
import { apiKeyScopeNames } from './api-key-scopes.ts';

const timestamp = z.iso.datetime();

export const apiKeyStates = ['live', 'replaced', 'expired', 'revoked'] as const;
/** A bound on what can be used against an organisation, and on what an admin has to look through. */
export const maximumLiveApiKeys = 100;
export const maximumOverlapHours = 168;

export const createApiKeyBody = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, 'Give it a name')
      .max(120)
      .meta({ description: 'What uses it, such as "nightly build".' }),
    scopes: z
      .array(z.enum(apiKeyScopeNames))
      .min(1, 'Choose at least one')
      .max(apiKeyScopeNames.length)
      .meta({ description: 'What it may do; only what your own role may do.' }),
    expiresAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .default(null)
      .meta({ description: 'When it stops working; null for never.' }),
  })
  .meta({ id: 'CreateApiKey' });

export const rotateApiKeyBody = z
  .strictObject({
    overlapHours: z.int().min(0).max(maximumOverlapHours).default(24).meta({
      description: 'How long the old key goes on working beside the new one; 0 ends it at once.',
    }),
  })
  .meta({ id: 'RotateApiKey' });

export const apiKeySummary = z
  .object({
    id: z.uuid(),
    orgId: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'The beginning of the key, to recognise it by.' }),
    scopes: z.array(z.enum(apiKeyScopeNames)),
    state: z.enum(apiKeyStates),
    expiresAt: timestamp.nullable(),
    lastUsedAt: timestamp.nullable().meta({ description: 'Accurate to a minute.' }),
    createdBy: z.uuid(),
    createdAt: timestamp,
    revokedAt: timestamp.nullable(),
    replacedBy: z.uuid().nullable(),
    overlapEndsAt: timestamp
      .nullable()
      .meta({ description: 'Until when a replaced key still works.' }),
  })
  .meta({ id: 'ApiKey' });

export const newApiKey = z
  .object({
    apiKey: apiKeySummary,
    token: z
      .string()
      .meta({ description: 'The key itself. It is shown this once and never again.' }),
  })
  .meta({ id: 'NewApiKey' });

export const apiKeyPage = z
  .object({ apiKeys: z.array(apiKeySummary), nextCursor: z.uuid().nullable() })
  .meta({ id: 'ApiKeyPage' });

export const listApiKeysQuery = z.strictObject({
  before: z
    .uuid()
    .optional()
    .meta({ description: 'Keys older than this id: the `nextCursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export type CreateApiKeyBody = z.input<typeof createApiKeyBody>;
export type ApiKeySummary = z.output<typeof apiKeySummary>;
export type NewApiKey = z.output<typeof newApiKey>;
export type ApiKeyPage = z.output<typeof apiKeyPage>;
export type ListApiKeysQuery = z.output<typeof listApiKeysQuery>;
