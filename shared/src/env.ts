import { z } from 'zod';

/**
 * Reads a process's settings once, at boot. Throws an error whose message is one readable sentence per bad
 * value; values are never echoed, since any of them may be a secret.
 */
export function readEnv<T extends z.ZodType>(schema: T, source: NodeJS.ProcessEnv): z.output<T> {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const sentences = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Bad settings. ${sentences.join('. ')}.`);
}

export const portSchema = z.coerce.number().int().min(1).max(65_535);
export const logLevelSchema = z
  .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
  .default('info');

/** How many proxies of our own stand in front of a process; what more a client says of its way is not believed. */
export const trustedProxiesSchema = z.coerce.number().int().min(0).max(10).default(0);
