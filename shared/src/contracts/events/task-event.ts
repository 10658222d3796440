import { z } from 'zod';
import { taskStates } from '../../tasks/states.ts';

const step = z.string();
const usage = z.object({
  inputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  outputTokens: z.int(),
  costNanoUsd: z.int(),
});

export const errorClasses = ['retry', 'fatal', 'cancelled', 'expired'] as const;

export const taskError = z.object({
  class: z.enum(errorClasses),
  code: z.string(),
  message: z.string(),
  /** The same for failures of the same making. */
  fingerprint: z.string().optional(),
});

/** What can happen to a task; the payload of each type. Stored as rows and sent as server-sent events. */
export const taskEventData = {
  'task.queued': z.object({
    reason: z.enum([
      'retried by a person',
      'retried by a program',
      'released by a worker',
      'retried by an operator',
      'redriven by an operator',
      'waiting for the agent service',
      'waiting for Claude to answer again',
      'waiting for room at Claude',
      'waiting for room in the budget',
    ]),
  }),
  'attempt.started': z.object({ attempt: z.int(), worker: z.string() }),
  'attempt.failed': z.object({ attempt: z.int(), error: taskError, retryInSeconds: z.int() }),
  'cancel.requested': z.object({}),
  'approval.requested': z.object({
    approval: z.uuid(),
    step,
    title: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  'approval.answered': z.object({
    approval: z.uuid(),
    step,
    title: z.string(),
    how: z.enum(['person', 'program', 'link', 'timeout']),
  }),
  'step.started': z.object({ step, title: z.string() }),
  'step.replayed': z.object({ step, title: z.string() }),
  'step.completed': z.object({ step, title: z.string() }),
  text: z.object({ step, delta: z.string() }),
  progress: z.object({ done: z.number(), total: z.number(), label: z.string() }),
  /** Totals of the task so far, the call under way included. */
  usage,
  'task.ended': z.object({ state: z.enum(taskStates), error: taskError.nullable() }),
} as const;

export type TaskEventType = keyof typeof taskEventData;
export type TaskEventData<T extends TaskEventType> = z.output<(typeof taskEventData)[T]>;
export type TaskError = z.output<typeof taskError>;
export type TaskUsage = z.output<typeof usage>;

export const taskEventTypes = Object.keys(taskEventData) as TaskEventType[];

/** One event as a client sees it; `seq` strictly increases within a task. */
export type TaskEvent = {
  [T in TaskEventType]: { seq: number; type: T; at: string; data: TaskEventData<T> };
}[TaskEventType];
