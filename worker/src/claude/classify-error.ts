import { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { TaskFailure } from '../runner/outcome.ts';
import { StreamStalled } from './stream-message.ts';

/** Whether a call that failed may still have been billed: only an HTTP refusal surely was not. */
export function mayHaveBeenBilled(error: unknown): boolean {
  return !(error instanceof APIError && error.status !== undefined);
}

/** Every failure of a model call to its class, code and public sentence. */
export function classifyClaudeError(error: unknown): TaskFailure {
  if (error instanceof TaskFailure) return error;
  if (error instanceof StreamStalled)
    return new TaskFailure('retry', 'model_stalled', 'Claude stopped answering in the middle.', {
      cause: error,
    });
  if (error instanceof APIUserAbortError)
    return new TaskFailure('retry', 'call_aborted', 'The call was stopped.', { cause: error });
  if (error instanceof APIConnectionError)
    return new TaskFailure('retry', 'model_unreachable', 'Claude could not be reached.', {
      cause: error,
    });
  if (error instanceof APIError) return classifyStatus(error);
  // A socket cut in the middle surfaces as a TypeError or an AnthropicError without a status.
  return new TaskFailure(
    'retry',
    'model_connection_lost',
    'The connection to Claude was lost in the middle of the answer.',
    { cause: error },
  );
}

function classifyStatus(error: APIError): TaskFailure {
  const options = { cause: error, retryAfterSeconds: retryAfter(error) };
  const body = JSON.stringify(error.error ?? '');
  if (body.includes('enforced_spend_limit_reached')) {
    return new TaskFailure(
      'fatal',
      'spend_limit_reached',
      'The Claude account has reached its spend limit.',
      options,
    );
  }
  switch (error.status) {
    case 400:
      return body.includes('prompt is too long')
        ? new TaskFailure(
            'fatal',
            'input_too_long',
            'The input is longer than the model can read. Shorten it and run again.',
            options,
          )
        : new TaskFailure(
            'fatal',
            'model_refused_request',
            'Claude could not accept this request.',
            options,
          );
    case 401:
    case 403:
      return new TaskFailure(
        'fatal',
        'model_access_denied',
        'The Claude API key is not accepted.',
        options,
      );
    case 402:
      return new TaskFailure(
        'fatal',
        'model_payment_required',
        'The Claude account needs a payment.',
        options,
      );
    case 404:
      return new TaskFailure('fatal', 'model_not_found', 'This model is not available.', options);
    case 413:
      return new TaskFailure(
        'fatal',
        'input_too_long',
        'The input is too large. Shorten it and run again.',
        options,
      );
    case 429:
      return new TaskFailure(
        'retry',
        'model_rate_limited',
        'Claude is limiting requests right now.',
        options,
      );
    case 529:
      return new TaskFailure(
        'retry',
        'model_overloaded',
        'Claude is overloaded right now.',
        options,
      );
    default:
      // A mid-stream error event arrives inside a 200 and carries no status: it is temporary too.
      return new TaskFailure('retry', 'model_error', 'Claude had an error.', options);
  }
}

function retryAfter(error: APIError): number | undefined {
  const seconds = Number(error.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** A stop reason that is not the end of a whole answer, as a failure; undefined when the answer is whole. */
export function failureOfStopReason(stopReason: string | null): TaskFailure | undefined {
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return undefined;
    case 'max_tokens':
      return new TaskFailure(
        'fatal',
        'output_truncated',
        'The answer was longer than this kind of task allows.',
      );
    case 'model_context_window_exceeded':
      return new TaskFailure(
        'fatal',
        'input_too_long',
        'The input and answer together are longer than the model can hold.',
      );
    case 'refusal':
      return new TaskFailure('fatal', 'model_refused', 'Claude declined to answer this.');
    default:
      return new TaskFailure(
        'retry',
        'unexpected_stop',
        `The answer ended unexpectedly (${stopReason ?? 'no reason given'}).`,
      );
  }
}
