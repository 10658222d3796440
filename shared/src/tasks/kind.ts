import type { z } from 'zod';
import type { TaskQueue } from './task-queue.ts';

/**
 * A kind of task. The web's form, the API's validation and the OpenAPI document derive from `input`; its fields
 * carry `title`, `description` and `widget` as zod metadata.
 */
export type TaskKind<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  title: string;
  description: string;
  queue: TaskQueue;
  input: Input;
  output: Output;
  model: string;
  maxOutputTokens: number;
  /** What a whole run usually writes; its price is set aside from the budget until the task ends. */
  typicalOutputTokens: number;
  /** Attempts before the task fails for good. */
  maxAttempts: number;
  /** Longest one attempt may take. */
  deadlineSeconds: number;
  /** The name shown in lists, made from the input; at most 200 characters. */
  titleOf: (input: z.output<Input>) => string;
};

/** Keeps a kind's own input and output types while checking its shape. */
export function defineKind<Input extends z.ZodType, Output extends z.ZodType>(
  kind: TaskKind<Input, Output>,
): TaskKind<Input, Output> {
  return kind;
}

/** First line of a text, cut to fit a title; `fallback` when there is none. */
export function titleFrom(text: string, fallback: string): string {
  const line =
    text
      .split('\n')
      .map((part) => part.trim())
      .find((part) => part.length > 0) ?? fallback;
  const characters = [...line];
  return characters.length <= 120 ? line : `${characters.slice(0, 119).join('')}…`;
}
