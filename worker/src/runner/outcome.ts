import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { ApprovalQuestion } from './ask-approval.ts';

/** How an attempt ended; decides what happens to the task and its job. */
export type Outcome =
  | { type: 'succeeded'; output: unknown }
  | { type: 'retry'; error: TaskError; delaySeconds: number }
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled' }
  | { type: 'expired'; error: TaskError }
  /** A person is asked; the task goes on with the answer. Costs no attempt. */
  | { type: 'waiting'; question: ApprovalQuestion }
  /** Given back unfinished, because the worker stops; costs no attempt. */
  | { type: 'released' };

/** Why an attempt was stopped from outside. */
export type StopReason = 'cancelled' | 'deadline' | 'shutdown' | 'claim lost';

/**
 * A failure whose class is known where it happens. `retry` carries the provider's own delay when it gave one;
 * `message` is shown to the person, the cause is for the log.
 */
export class TaskFailure extends Error {
  readonly class: 'retry' | 'fatal';
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: 'retry' | 'fatal',
    code: string,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'TaskFailure';
    this.class = kind;
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Longest wait a provider may ask of us before the attempt counts as failed instead. */
const maximumRetryDelaySeconds = 3_600;

/**
 * Exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): between 0 and
 * 2^attempt seconds, at most a minute. `random` is in [0, 1).
 */
export function backoffSeconds(attempt: number, random: number = Math.random()): number {
  return Math.round(Math.min(60, 2 ** attempt) * random);
}

/** Turns whatever a handler threw, or the reason it was stopped, into an outcome. */
export function outcomeOf(
  error: unknown,
  stopped: StopReason | undefined,
  attempt: number,
  maxAttempts: number,
): Outcome {
  if (stopped === 'cancelled') return { type: 'cancelled' };
  if (stopped === 'shutdown') return { type: 'released' };
  if (stopped === 'deadline') {
    return {
      type: 'expired',
      error: {
        class: 'expired',
        code: 'deadline_exceeded',
        message: 'The task took longer than its kind allows.',
      },
    };
  }
  const failure =
    error instanceof TaskFailure
      ? error
      : new TaskFailure('retry', 'internal', 'Something went wrong on our side.', { cause: error });
  const asked = failure.retryAfterSeconds ?? 0;
  const taskError: TaskError = {
    class: failure.class,
    code: failure.code,
    message: failure.message,
  };
  if (failure.class === 'fatal' || attempt >= maxAttempts || asked > maximumRetryDelaySeconds)
    return { type: 'failed', error: taskError };
  return {
    type: 'retry',
    error: taskError,
    delaySeconds: Math.max(Math.ceil(asked), backoffSeconds(attempt)),
  };
}
