import { z } from 'zod';
import { taskStates } from '../../tasks/states.ts';
import { taskError } from '../events/task-event.ts';

export const attemptStates = [
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
  'lost',
  'released',
  'waiting',
] as const;

/** Attempts of an explanation: those that explain something are the last ones. */
export const mostAttemptsExplained = 20;

export const explainedAttempt = z
  .object({
    number: z.int(),
    state: z.enum(attemptStates).meta({
      description:
        '`lost`: its worker was not heard from any more; `released`: given back to the queue unfinished, which costs no attempt; `waiting`: it ended with a question to a person.',
    }),
    worker: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable().meta({
      description: 'Of one that was lost: when that was noticed.',
    }),
    error: taskError.nullable(),
  })
  .meta({ id: 'ExplainedAttempt' });

/** Why a task is where it is; the first that holds is given. */
export const taskReasons = [
  'organization_paused',
  'queue_paused',
  'backing_off',
  'provider_unavailable',
  'provider_limit',
  'budget',
  'delayed',
  'no_worker',
  'concurrency',
  'in_line',
  'no_job',
  'starting',
  'approval',
  'stopping',
  'worker_silent',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const;

export const taskExplanation = z
  .object({
    state: z.enum(taskStates),
    reason: z.enum(taskReasons),
    text: z.string().meta({ description: 'The reason in words, and what to do about it.' }),
    until: z.iso.datetime().nullable().meta({
      description: 'When this ends by itself, where that is known.',
    }),
    position: z.int().nullable().meta({
      description:
        'How many tasks of the organisation go first; 1,000 stands for that or more. Organisations take turns.',
    }),
    concurrency: z
      .object({ running: z.int(), limit: z.int(), overriddenAt: z.iso.datetime().nullable() })
      .meta({
        description:
          'Tasks of the organisation that run, how many may run at once, and since when that is another number than its plan’s; null while it is the plan’s.',
      }),
    attempts: z
      .object({
        made: z.int(),
        allowed: z.int(),
        history: z.array(explainedAttempt).max(mostAttemptsExplained),
      })
      .meta({
        description: `How many workers began it, how many may, and how the last ${mostAttemptsExplained} went, oldest first.`,
      }),
    error: taskError.nullable(),
    cost: z.object({ nanoUsd: z.int(), unknownCalls: z.int(), reconciledCalls: z.int() }).meta({
      description:
        'What was spent; apart from it calls cut off before they told their price, and among it those whose price the model’s provider reported later.',
    }),
    waitedMs: z.int().meta({
      description:
        'From when it was due to its first start, or to now; of one that was tried again, from its submission.',
    }),
    ranMs: z.int().nullable().meta({
      description: 'From its first start to its end, or to now, with what it waited in between.',
    }),
  })
  .meta({ id: 'TaskExplanation' });

export type ExplainedAttempt = z.output<typeof explainedAttempt>;
export type TaskExplanation = z.output<typeof taskExplanation>;
export type TaskReason = TaskExplanation['reason'];
