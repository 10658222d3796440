import { z } from 'zod';

const milliseconds = z.coerce.number().min(0);

const schema = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  SIMULATOR_HOST: z.string().min(1).default('127.0.0.1'),
  SIMULATOR_LOG: z.string().min(1).optional(),
  SIMULATOR_API_KEYS: z
    .string()
    .default('')
    .transform((keys) =>
      keys
        .split(',')
        .map((key) => key.trim())
        .filter((key) => key !== ''),
    ),
  SIMULATOR_CONTROL_TOKEN: z.string().min(1).optional(),
  SIMULATOR_TOKENS_PER_SECOND: z.coerce.number().min(0).default(80),
  SIMULATOR_FIRST_TOKEN_MS: milliseconds.default(250),
  SIMULATOR_BATCH_ITEMS_PER_SECOND: z.coerce.number().min(0).default(5),
  SIMULATOR_GRACE_MS: milliseconds.default(5_000),
  SIMULATOR_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info'),
});

export type Env = z.infer<typeof schema>;

/** Reads the environment; a bad value throws with a sentence that names it. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  // An empty variable means "not set": that is what a blank line in an .env file leaves behind.
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(filled);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The simulator cannot start. ${problems.join('; ')}`);
}
