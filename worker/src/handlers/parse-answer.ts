import type { z } from 'zod';
import { failureOf } from '../runner/failures.ts';

/** The answer as it is: for prose. */
export function asText(text: string): string {
  if (text.trim() === '') throw failureOf('empty_answer');
  return text;
}

/** Reads JSON of an answer. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failureOf('invalid_answer', { cause });
  }
}

/** Reads an answer of a known shape. */
export function parseAnswer<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  const result = schema.safeParse(parseJson(text));
  if (!result.success) {
    throw failureOf('invalid_answer', { cause: result.error });
  }
  return result.data;
}
