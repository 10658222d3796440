import 'server-only';
import { sealingKeySchema } from '@devsphere/shared/crypto/key-settings.ts';
import { logLevelSchema, readEnv, trustedProxiesSchema } from '@devsphere/shared/env.ts';
import { allowPrivateSchema } from '@devsphere/shared/outgoing/allow-private.ts';
import { z } from 'zod';

const webEnvSchema = z.object({
  /** Base address of the Supabase project (or of the embedded gateway). */
  SUPABASE_URL: z.url(),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  /** Shared secret of HS256 tokens; absent when the project signs with keys. */
  SUPABASE_JWT_SECRET: z.string().min(32).optional(),
  /** Login `devsphere_app`. */
  DATABASE_URL: z.url(),
  /** The Express API as this server reaches it. */
  API_URL: z.url(),
  /** The same as programs outside reach it, for what they are shown; absent when it is no other. */
  API_PUBLIC_URL: z.url().optional(),
  /** The address people type. */
  WEB_URL: z.url(),
  /** Seals secrets that only the worker opens. */
  SECRETS_PUBLIC_KEY: sealingKeySchema,
  WEBHOOK_ALLOW_PRIVATE: allowPrivateSchema,
  TRUSTED_PROXIES: trustedProxiesSchema,
  /** How many times as often one address may sign in, sign up and ask for mails: for where very many people share one. */
  ADDRESS_LIMIT_FACTOR: z.coerce.number().int().min(1).max(1_000).default(1),
  LOG_LEVEL: logLevelSchema,
  /** Proves that a browser came by the link of a mail; shared by the replicas of this server. */
  LINK_SECRET: z.string().min(32),
  /** Folder of mails that are not really sent, and the key of the page that shows them. */
  MAILBOX_DIR: z.string().min(1).optional(),
  MAILBOX_KEY: z.string().min(32).optional(),
  /** Where to look for mails that are not really sent, shown after a reset was asked for. */
  MAILBOX_HINT: z.string().min(1).optional(),
});

export type WebEnv = z.output<typeof webEnvSchema>;

/** Whether `next dev` runs, which needs a looser content policy. */
export const isDevelopment = process.env.NODE_ENV === 'development';

let parsed: WebEnv | undefined;

/** The settings of this process, read on first use: a build needs none of them. */
export function webEnv(): WebEnv {
  parsed ??= readEnv(webEnvSchema, process.env);
  return parsed;
}
