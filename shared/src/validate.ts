import type { z } from 'zod';
import { AppError } from './errors.ts';
import { sayIssue } from './say-issue.ts';
import { findUnstorable } from './storable-text.ts';

/** Parses outside input. Throws `invalid_request` naming every bad field, under `prefix` when given. */
export function validate<T extends z.ZodType>(schema: T, value: unknown, prefix = ''): z.output<T> {
  const unstorable = findUnstorable(value);
  if (unstorable) {
    const field = [...(prefix ? [prefix] : []), ...unstorable].join('.') || '(body)';
    const message = 'Holds a character that can’t be stored, or is nested too deeply';
    throw new AppError('invalid_request', `${field}: ${message}`, { fields: [{ field, message }] });
  }
  const result = schema.safeParse(value, { error: sayIssue });
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 20).map((issue) => ({
    field: [...(prefix ? [prefix] : []), ...issue.path].join('.') || '(body)',
    message: issue.message,
  }));
  throw new AppError('invalid_request', `${fields[0]?.field}: ${fields[0]?.message}`, { fields });
}
