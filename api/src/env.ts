import { sealingKeySchema } from '@devsphere/shared/crypto/key-settings.ts';
import { logLevelSchema, portSchema, trustedProxiesSchema } from '@devsphere/shared/env.ts';
import { allowPrivateSchema } from '@devsphere/shared/outgoing/allow-private.ts';
import { z } from 'zod';

export const apiEnv = z.object({
  API_PORT: portSchema.default(4000),
  API_HOST: z.string().min(1).default('127.0.0.1'),
  /** Connection as devsphere_app; a session connection, since the API listens. */
  DATABASE_URL: z.url('must be a PostgreSQL connection address'),
  /** Of the pool that serves requests; those that find none free for 5 s are told to come again. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(10),
  /** Base address of the Supabase project, or of the embedded one. */
  SUPABASE_URL: z.url('must be the address of a Supabase project'),
  /** Secret of HS256 tokens, and of those with which programs download files; leave out for projects that sign with keys. */
  SUPABASE_JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** The address programs use; when it is https, browsers are told to use nothing else. */
  API_PUBLIC_URL: z.url().optional(),
  /** How many requests a minute each person and each key may make; absent for the value of the list. */
  API_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** Seals secrets that only the worker opens. */
  SECRETS_PUBLIC_KEY: sealingKeySchema,
  WEBHOOK_ALLOW_PRIVATE: allowPrivateSchema,
  TRUSTED_PROXIES: trustedProxiesSchema,
  /** For downloads of files; leave out to refuse them. */
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1).optional(),
  LOG_LEVEL: logLevelSchema,
});

export type ApiEnv = z.output<typeof apiEnv>;
