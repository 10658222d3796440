import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import { classifyError } from './classify-error.ts';
import { errorFingerprint } from './error-fingerprint.ts';
import type { FailureCode } from './failures.ts';
import type { Outcome, StopReason } from './outcome.ts';

/** Longest wait a provider may ask of us before the attempt counts as failed instead. */
const maximumRetryDelaySeconds = 3_600;

/**
 * Exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): between 0 and
 * 2^attempt seconds, at most a minute. `random` is in [0, 1).
 */
export function backoffSeconds(attempt: number, random: number = Math.random()): number {
  return Math.round(Math.min(60, 2 ** attempt) * random);
}

/** What says that the provider takes nothing from anybody, and not that an answer broke on its way. */
const unwell: ReadonlySet<string> = new Set<FailureCode>([
  'model_overloaded',
  'model_error',
  'model_unreachable',
]);

/**
 * Backoff from a provider that is unwell: 5-10 s, then 25-50 s, so that three attempts outlast half a minute and the circuit
 * breaker opens before a task has used up its own. `random` is in [0, 1).
 */
export function patientSeconds(attempt: number, random: number = Math.random()): number {
  return Math.round(Math.min(60, 5 ** attempt * (1 + random)));
}

/** Room is made by people, or by the database's own upkeep. */
const secondsWhenFull = 10;

/** The call was not made, for a reason that is not the task's. */
const notMade: ReadonlySet<string> = new Set<FailureCode>([
  'provider_unavailable',
  'provider_limit',
  'budget_spent',
]);

const tookTooLong: TaskError = {
  class: 'expired',
  code: 'deadline_exceeded',
  message: 'The task took longer than it may.',
};

/** Turns whatever a handler threw, or the reason it was stopped, into an outcome. */
export function outcomeOf(
  error: unknown,
  stopped: StopReason | undefined,
  attempt: number,
  maxAttempts: number,
): Outcome {
  if (stopped === 'cancelled') return { type: 'cancelled' };
  if (stopped === 'shutdown') return { type: 'released' };
  if (stopped === 'cut off') return { type: 'expired', error: tookTooLong };
  if (stopped === 'deadline')
    return attempt >= maxAttempts
      ? { type: 'failed', error: tookTooLong }
      : { type: 'retry', error: tookTooLong, delaySeconds: backoffSeconds(attempt) };
  const failure = classifyError(error);
  const asked = failure.retryAfterSeconds ?? 0;
  const taskError: TaskError = {
    class: failure.class,
    code: failure.code,
    message: failure.message,
    fingerprint: errorFingerprint(failure),
  };
  // Not the task's doing, and nothing of it could be known: it goes back as it came.
  if (failure.code === 'database_unavailable') return { type: 'released' };
  if (failure.code === 'database_full')
    return { type: 'released', error: taskError, delaySeconds: secondsWhenFull };
  if (notMade.has(failure.code))
    return { type: 'released', error: taskError, delaySeconds: Math.ceil(asked) };
  if (failure.class === 'fatal' || attempt >= maxAttempts || asked > maximumRetryDelaySeconds)
    return { type: 'failed', error: taskError };
  if (failure.retryAfterSeconds !== undefined)
    return { type: 'retry', error: taskError, delaySeconds: Math.ceil(asked) };
  const backoff = unwell.has(failure.code) ? patientSeconds(attempt) : backoffSeconds(attempt);
  return { type: 'retry', error: taskError, delaySeconds: backoff };
}
