import { TaskFailure } from './outcome.ts';

type Row = readonly ['retry' | 'fatal', string];

/**
 * What can go wrong with what a task depends on: the code, whether trying again may help, and the sentence a person
 * reads. The agent service uses the same codes.
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
  own_key_refused: [
    'fatal',
    "Anthropic does not accept your organisation's own key. An admin can replace or disconnect it under Settings, Integrations.",
  ],
  no_price: ['fatal', 'This model has no price, so it is not used.'],
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
  empty_answer: ['retry', 'Claude answered with nothing.'],
  invalid_answer: ['retry', 'Claude answered in a shape that was not asked for.'],
  schema_not_satisfied: ['fatal', 'The answer does not satisfy your schema.'],
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
  // The file storage
  storage_unavailable: ['retry', 'The file storage is not reachable right now.'],
  storage_refused: ['retry', 'The file storage did not take the result.'],
  storage_not_set_up: ['fatal', 'This installation has no file storage set up for workers.'],
  // The database
  database_unavailable: ['retry', 'The database could not be reached.'],
  database_busy: ['retry', 'The database was too busy with the same rows.'],
  database_full: ['retry', 'The database has no room left.'],
  not_storable: ['fatal', 'What this task made can not be stored.'],
  // Ourselves
  unknown_kind: ['fatal', 'This kind of task no longer exists.'],
  answer_not_usable: ['fatal', 'The answer to the approval is not what this task can work with.'],
  input_not_valid: ['fatal', 'The input does not fit this kind of task any more.'],
  worker_lost: ['fatal', 'The workers that took this task vanished too often.'],
  internal: ['retry', 'Something went wrong on our side.'],
} as const satisfies Record<string, Row>;

export type FailureCode = keyof typeof failures;

type Codes = Partial<Record<string, FailureCode>>;

/** HTTP status of Claude's API; what is not here is its own error. */
export const codesOfStatus: Codes = {
  400: 'model_refused_request',
  401: 'model_access_denied',
  402: 'model_payment_required',
  403: 'model_access_denied',
  404: 'model_not_found',
  413: 'input_too_long',
  422: 'model_refused_request',
  429: 'model_rate_limited',
  529: 'model_overloaded',
};

/** Stop reason of an answer that is not whole; what is not here was not expected. */
export const codesOfStopReason: Codes = {
  max_tokens: 'output_truncated',
  model_context_window_exceeded: 'context_exceeded',
  refusal: 'model_refused',
};

/** SQLSTATE. That a database is away, and what it refuses for its content, is said by class. */
export const codesOfSqlState: Codes = {
  '40001': 'database_busy',
  '40P01': 'database_busy',
  '55P03': 'database_busy',
  '53100': 'database_full',
  '53200': 'database_full',
};

/** A failure of the list. `cause` is for the log only; `detail` ends the sentence. */
export function failureOf(
  code: FailureCode,
  {
    detail,
    ...options
  }: { cause?: unknown; detail?: string; retryAfterSeconds?: number | undefined } = {},
): TaskFailure {
  const [kind, sentence] = failures[code];
  const message = detail === undefined ? sentence : `${sentence.slice(0, -1)}: ${detail}.`;
  return new TaskFailure(kind, code, message, options);
}
