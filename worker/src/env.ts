import { openingKeysSchema } from '@devsphere/shared/crypto/key-settings.ts';
import { logLevelSchema, portSchema } from '@devsphere/shared/env.ts';
import { allowPrivateSchema } from '@devsphere/shared/outgoing/allow-private.ts';
import { z } from 'zod';
import { failpointsSchema } from './failpoints.ts';

export const workerEnv = z
  .object({
    NODE_ENV: z.string().optional(),
    /** Connection as devsphere_app; a session connection, since the worker listens. */
    DATABASE_URL: z.url('must be a PostgreSQL connection address'),
    /** Address of the Claude API or of the simulator. */
    ANTHROPIC_BASE_URL: z.url().default('https://api.anthropic.com'),
    ANTHROPIC_API_KEY: z.string().min(1, 'is missing: set a key, or start the simulator'),
    /** An Admin key of the same organisation at Anthropic: finds out what calls cost whose reply was lost. Unknown without. */
    ANTHROPIC_ADMIN_KEY: z.string().optional(),
    /** Tasks this process runs at once. */
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(500).default(10),
    /** How long a stopping worker lets tasks finish before it gives them back. */
    WORKER_GRACE_SECONDS: z.coerce.number().min(0).max(600).default(20),
    /** A process whose event loop did not turn for so long ends itself; 0: never, for breakpoints. */
    WORKER_BLOCKED_SECONDS: z.coerce.number().int().min(0).max(600).default(20),
    /** Set by a worker for the processes in which it has single jobs run apart. */
    WORKER_RUNS_ONE_JOB: z.stringbool().default(false),
    /** A model stream that says nothing for this long is given up; Claude pings while it thinks, a dead connection doesn't. */
    CLAUDE_IDLE_SECONDS: z.coerce.number().min(1).max(600).default(25),
    /** The agent service; without it, SEO tasks wait. */
    AGENT_URL: z.url().optional(),
    AGENT_SERVICE_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
    /** Open what organisations sealed; this process alone has them. The newest first. */
    SECRETS_PRIVATE_KEYS: openingKeysSchema,
    WEBHOOK_ALLOW_PRIVATE: allowPrivateSchema,
    /** Where files of results go; all three, or none. */
    SUPABASE_URL: z.url().optional(),
    SUPABASE_PUBLISHABLE_KEY: z.string().min(1).optional(),
    SUPABASE_JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    /** Where mail goes; without it, the folder of a local mailbox, or mails wait. */
    SMTP_URL: z
      .union(
        [z.literal(''), z.url({ protocol: /^smtps?$/ })],
        'must begin with smtp:// or smtps://',
      )
      .optional(),
    MAIL_FROM: z.string().min(3).max(200).default('DevSphere OS <no-reply@localhost>'),
    MAILBOX_DIR: z.string().min(1).optional(),
    /** What the links in mails are derived from. */
    LINK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    /** The address people type, in links. */
    PUBLIC_URL: z.url().optional(),
    /** Where the status probes find the rest; what has no address is not probed. */
    WEB_URL: z.url().optional(),
    API_URL: z.url().optional(),
    /** Where this process dies on purpose: for tests of what a crash loses. */
    FAILPOINTS: failpointsSchema,
    /** Where `/healthz` and `/readyz` are answered; nowhere without it. */
    WORKER_HEALTH_PORT: portSchema.optional(),
    LOG_LEVEL: logLevelSchema,
  })
  .refine((env) => !(env.FAILPOINTS.size > 0 && env.NODE_ENV === 'production'), {
    path: ['FAILPOINTS'],
    error: 'is for tests: in production it would end the worker',
  })
  .refine((env) => !(env.WEBHOOK_ALLOW_PRIVATE && env.NODE_ENV === 'production'), {
    path: ['WEBHOOK_ALLOW_PRIVATE'],
    error: 'is for tests and trying out: in production strangers would reach what is inside',
  });

export type WorkerEnv = z.output<typeof workerEnv>;
