import { TaskFailure } from './outcome.ts';

type Row = readonly ['retry' | 'fatal', string];

/**
 * What can go wrong with what a task depends on: the code, whether trying again may help, and the sentence a person
 * reads. `classify-error.ts` says which error is which.
 */
export const failures = {
  // The call to Claude
  call_aborted: ['retry', 'The call was stopped.'],
  model_stalled: ['retry', 'Claude stopped answering in the middle.'],
  model_unreachable: ['retry', 'Claude could not be reached.'],
  model_connection_lost: [
    'retry',
    'The connection to Claude was lost in the middle of the answer.',
  ],
  model_rate_limited: ['retry', 'Claude is limiting requests right now.'],
  model_overloaded: ['retry', 'Claude is overloaded right now.'],
  model_error: ['retry', 'Claude had an error.'],
  model_refused_request: ['fatal', 'Claude could not accept this request.'],
  model_access_denied: ['fatal', 'The Claude API key is not accepted.'],
  model_payment_required: ['fatal', 'The Claude account needs a payment.'],
  model_not_found: ['fatal', 'This model is not available.'],
  spend_limit_reached: ['fatal', 'The Claude account has reached its spend limit.'],
  input_too_long: [
    'fatal',
    'The input is longer than the model can read. Shorten it and run again.',
  ],
  // Not even called: the account takes nothing now
  provider_unavailable: [
    'retry',
    'Claude does not answer at the moment. The task waits and goes on by itself.',
  ],
  provider_limit: [
    'retry',
    'We send Claude as much as it takes from us right now. The task waits for its turn.',
  ],
  budget_spent: [
    'retry',
    'The budget of this month is spent. The task goes on when an admin raises it under Usage, or with the next month.',
  ],
  // How its answer ended
  output_truncated: ['fatal', 'The answer was longer than this kind of task allows.'],
  output_too_large: ['fatal', 'The answer was larger than anything we can keep.'],
  context_exceeded: ['fatal', 'The input and answer together are longer than the model can hold.'],
  model_refused: ['fatal', 'Claude declined to answer this.'],
  unexpected_stop: ['retry', 'The answer ended unexpectedly.'],
  // The agent service
  agent_unavailable: [
    'retry',
    'The agent service is not reachable. The task waits and goes on by itself.',
  ],
  agent_stream_cut: ['retry', 'The connection to the agent service was lost in the middle.'],
  agent_wrong_answer: [
    'retry',
    'The agent service answered in a way that was not agreed on. Nothing of it was stored.',
  ],
  agent_refused_request: ['fatal', 'The agent service refused this request.'],
  // The database
  database_unavailable: ['retry', 'The database could not be reached.'],
  database_busy: ['retry', 'The database was too busy with the same rows.'],
  database_full: ['retry', 'The database has no room left.'],
  not_storable: ['fatal', 'What this task made can not be stored.'],
  // Ourselves
  input_not_valid: ['fatal', 'The input does not fit this kind of task any more.'],
  worker_lost: ['fatal', 'The workers that took this task vanished too often.'],
  internal: ['retry', 'Something went wrong on our side.'],
} as const satisfies Record<string, Row>;

export type FailureCode = keyof typeof failures;

/** A failure of the list. `cause` is for the log only. */
export function failureOf(
  code: FailureCode,
  options: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
): TaskFailure {
  const [kind, message] = failures[code];
  return new TaskFailure(kind, code, message, options);
}
