import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSealingPair } from '@devsphere/shared/crypto/sealing-keys.ts';
import { portSchema, readEnv } from '@devsphere/shared/env.ts';
import { z } from 'zod';

export const root = join(import.meta.dirname, '..', '..');

const schema = z
  .object({
    /** Where everything this machine keeps is: database, logs, secrets. */
    DEVSPHERE_HOME: z.string().min(1).default(join(root, '.devsphere')),
    /** Python environment of the agent service; `venv` in the home unless told otherwise. */
    AGENT_VENV: z.string().min(1).optional(),
    WEB_PORT: portSchema.default(3000),
    API_PORT: portSchema.default(4000),
    SIMULATOR_PORT: portSchema.default(4100),
    AGENT_PORT: portSchema.default(8700),
    SUPABASE_PORT: portSchema.default(54_321),
    DB_PORT: portSchema.default(54_322),
    /** Set these four to use a real Supabase project instead of the embedded one. */
    SUPABASE_URL: z.url().optional(),
    SUPABASE_PUBLISHABLE_KEY: z.string().min(1).optional(),
    SUPABASE_JWT_SECRET: z.string().min(32).optional(),
    DATABASE_URL: z.url().optional(),
    /** Connection of the owner role, for migrations; leave out when they are run elsewhere. */
    MIGRATION_DATABASE_URL: z.url().optional(),
    /** Set this to call Claude instead of the simulator. */
    ANTHROPIC_API_KEY: z.string().min(1).optional(),
    ANTHROPIC_BASE_URL: z.url().optional(),
    /** An Admin key of the same organisation: finds out what calls cost whose reply was lost. */
    ANTHROPIC_ADMIN_KEY: z.string().min(1).optional(),
    /** A mail server; without one, mails are kept in the home. */
    SMTP_URL: z.url().optional(),
    MAIL_FROM: z.string().min(3).optional(),
    /** Seal and open what organisations entrust to us; a pair in the home unless both are set. */
    SECRETS_PUBLIC_KEY: z.string().min(1).optional(),
    SECRETS_PRIVATE_KEYS: z.string().min(1).optional(),
    /** `1` lets webhooks go to http and to addresses inside: to try things out on this machine. */
    WEBHOOK_ALLOW_PRIVATE: z.enum(['0', '1']).default('0'),
    /** How many times as often one address may sign in and sign up. */
    ADDRESS_LIMIT_FACTOR: z.string().optional(),
    LOG_LEVEL: z.string().default('info'),
  })
  .superRefine((env, context) => {
    if (!env.SECRETS_PUBLIC_KEY !== !env.SECRETS_PRIVATE_KEYS)
      context.addIssue({
        code: 'custom',
        path: ['SECRETS_PUBLIC_KEY'],
        message: 'goes with SECRETS_PRIVATE_KEYS: set both, or neither',
      });
    if (!env.SUPABASE_URL) return;
    if (env.WEBHOOK_ALLOW_PRIVATE === '1')
      context.addIssue({
        code: 'custom',
        path: ['WEBHOOK_ALLOW_PRIVATE'],
        message: 'is for trying things out, so not with SUPABASE_URL',
      });
    for (const name of ['SUPABASE_PUBLISHABLE_KEY', 'DATABASE_URL'] as const) {
      if (!env[name])
        context.addIssue({ code: 'custom', path: [name], message: 'is needed with SUPABASE_URL' });
    }
  });

export type Settings = z.output<typeof schema> & {
  secrets: Secrets;
  sealing: Sealing;
  AGENT_VENV: string;
};

/** The public half seals; the private ones open, the newest first. */
type Sealing = { publicKey: string; privateKeys: string };

const secretNames = [
  'admin',
  'owner',
  'app',
  'jwt',
  'publishable',
  'agent',
  'control',
  'links',
  'mailbox',
] as const;
export type Secrets = Record<(typeof secretNames)[number], string>;

/** The settings of this machine; secrets are made once and kept in a file only its owner can read. */
export function readSettings(source: NodeJS.ProcessEnv): Settings {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const env = readEnv(schema, filled);
  mkdirSync(env.DEVSPHERE_HOME, { recursive: true });
  return {
    ...env,
    AGENT_VENV: env.AGENT_VENV ?? join(env.DEVSPHERE_HOME, 'venv'),
    secrets: keepSecrets(join(env.DEVSPHERE_HOME, 'secrets.json')),
    sealing:
      env.SECRETS_PUBLIC_KEY && env.SECRETS_PRIVATE_KEYS
        ? { publicKey: env.SECRETS_PUBLIC_KEY, privateKeys: env.SECRETS_PRIVATE_KEYS }
        : keepSealing(join(env.DEVSPHERE_HOME, 'sealing-keys.json')),
  };
}

function keepSecrets(file: string): Secrets {
  const kept: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = Object.fromEntries(
    secretNames.map((name) => [name, kept[name] ?? randomBytes(24).toString('hex')]),
  ) as Secrets;
  if (secretNames.some((name) => kept[name] === undefined))
    writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

function keepSealing(file: string): Sealing {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { publicKey, privateKey } = generateSealingPair();
  const sealing = { publicKey, privateKeys: privateKey };
  writeFileSync(file, JSON.stringify(sealing, null, 2), { mode: 0o600 });
  return sealing;
}

/** The addresses everything is found at, embedded or not. */
export function addressesOf(settings: Settings) {
  const database = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${settings.DB_PORT}/postgres?sslmode=disable`;
  const embedded = settings.SUPABASE_URL === undefined;
  return {
    embedded,
    web: `http://localhost:${settings.WEB_PORT}`,
    /** Where mails are read that are not really sent; its key keeps others on the network out. */
    mailbox: `http://localhost:${settings.WEB_PORT}/mailbox?key=${settings.secrets.mailbox}`,
    api: `http://127.0.0.1:${settings.API_PORT}`,
    agent: `http://127.0.0.1:${settings.AGENT_PORT}`,
    simulator: `http://127.0.0.1:${settings.SIMULATOR_PORT}`,
    simulated: settings.ANTHROPIC_API_KEY === undefined,
    supabase: settings.SUPABASE_URL ?? `http://127.0.0.1:${settings.SUPABASE_PORT}`,
    publishableKey:
      settings.SUPABASE_PUBLISHABLE_KEY ?? `sb_publishable_${settings.secrets.publishable}`,
    jwtSecret: settings.SUPABASE_JWT_SECRET ?? (embedded ? settings.secrets.jwt : undefined),
    appDatabase: settings.DATABASE_URL ?? database('devsphere_app', settings.secrets.app),
    ownerDatabase: embedded
      ? database('postgres', settings.secrets.owner)
      : settings.MIGRATION_DATABASE_URL,
  };
}

export type Addresses = ReturnType<typeof addressesOf>;
