import type { z } from 'zod';
import { TaskFailure } from '../runner/outcome.ts';

/** The answer as it is: for prose. */
export function asText(text: string): string {
  if (text.trim() === '')
    throw new TaskFailure('retry', 'empty_answer', 'Claude answered with nothing.');
  return text;
}

/** Reads JSON of an answer. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TaskFailure(
      'retry',
      'invalid_answer',
      'Claude answered with something that is not JSON.',
      { cause },
    );
  }
}

/** Reads an answer of a known shape. */
export function parseAnswer<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  const result = schema.safeParse(parseJson(text));
  if (!result.success) {
    throw new TaskFailure(
      'retry',
      'invalid_answer',
      'Claude answered in a shape that was not asked for.',
      { cause: result.error },
    );
  }
  return result.data;
}
