import type { z } from 'zod';
import { AppError } from './errors.ts';

/** Parses outside input. Throws `invalid_request` naming every bad field, under `prefix` when given. */
export function validate<T extends z.ZodType>(schema: T, value: unknown, prefix = ''): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 20).map((issue) => ({
    field: [...(prefix ? [prefix] : []), ...issue.path].join('.') || '(body)',
    message: issue.message,
  }));
  throw new AppError('invalid_request', `${fields[0]?.field}: ${fields[0]?.message}`, { fields });
}
