import { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { isDatabaseAway } from '@devsphere/shared/db/database-away.ts';
import { StreamStalled, StreamTooLarge } from '../claude/stream-failures.ts';
import {
  codesOfSqlState,
  codesOfStatus,
  codesOfStopReason,
  type FailureCode,
  failureOf,
} from './failures.ts';
import { TaskFailure } from './outcome.ts';

/** Whether a call that failed may still have been billed: only an HTTP refusal surely was not. */
export function mayHaveBeenBilled(error: unknown): boolean {
  return !(error instanceof APIError && error.status !== undefined);
}

/** A failure of a model call. A socket cut in the middle surfaces as a TypeError or an AnthropicError without a status. */
export function classifyClaudeError(error: unknown): TaskFailure {
  if (error instanceof TaskFailure) return error;
  if (error instanceof StreamStalled) return failureOf('model_stalled', { cause: error });
  if (error instanceof StreamTooLarge) return failureOf('output_too_large', { cause: error });
  if (error instanceof APIUserAbortError) return failureOf('call_aborted', { cause: error });
  if (error instanceof APIConnectionError) return failureOf('model_unreachable', { cause: error });
  if (!(error instanceof APIError)) return failureOf('model_connection_lost', { cause: error });
  return failureOf(codeOfStatus(error), { cause: error, retryAfterSeconds: retryAfter(error) });
}

function codeOfStatus(error: APIError): FailureCode {
  const body = JSON.stringify(error.error ?? '');
  if (body.includes('enforced_spend_limit_reached')) return 'spend_limit_reached';
  if (error.status === 400 && body.includes('prompt is too long')) return 'input_too_long';
  if (body.includes('overloaded_error')) return 'model_overloaded';
  // A mid-stream error event arrives inside a 200 and carries no status: it is temporary too.
  return codesOfStatus[error.status ?? 0] ?? 'model_error';
}

function retryAfter(error: APIError): number | undefined {
  const seconds = Number(error.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** A stop reason that is not the end of a whole answer, as a failure; undefined when the answer is whole. */
export function failureOfStopReason(stopReason: string | null): TaskFailure | undefined {
  if (stopReason === 'end_turn' || stopReason === 'stop_sequence') return undefined;
  return failureOf(codesOfStopReason[stopReason ?? ''] ?? 'unexpected_stop', {
    cause: stopReason ?? 'no reason given',
  });
}

/** An HTTP answer of the agent service that is not its stream of events. */
export function failureOfAgentStatus(status: number): TaskFailure {
  const away = status >= 500 || status === 429;
  return failureOf(away ? 'agent_unavailable' : 'agent_refused_request', {
    cause: `status ${status}`,
  });
}

/** Whatever else a handler threw. Data the database refuses would be refused again; the rest may have been an accident. */
export function classifyError(error: unknown): TaskFailure {
  if (error instanceof TaskFailure) return error;
  if (isDatabaseAway(error)) return failureOf('database_unavailable', { cause: error });
  return failureOf(codeOfSqlState(sqlStateOf(error)), { cause: error });
}

function codeOfSqlState(state: string | undefined): FailureCode {
  if (state === undefined) return 'internal';
  // Class 22: data exception, such as a NUL in text; 23514: a size or shape that a constraint refuses; 54: a limit.
  if (state.startsWith('22') || state.startsWith('54') || state === '23514') return 'not_storable';
  return codesOfSqlState[state] ?? 'internal';
}

/** Whether the database, or what writes for it, answered that it does not want what it was given: it would not later either. */
export function isRefusal(error: unknown): boolean {
  return error instanceof TypeError || (sqlStateOf(error) !== undefined && !isDatabaseAway(error));
}

function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;
}
