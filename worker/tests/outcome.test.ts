import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AnthropicError,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import { describe, expect, test } from '@jest/globals';
import { StreamStalled, StreamTooLarge } from '../src/claude/stream-failures.ts';
import {
  classifyClaudeError,
  classifyError,
  failureOfAgentStatus,
  failureOfStopReason,
  mayHaveBeenBilled,
} from '../src/runner/classify-error.ts';
import { errorFingerprint } from '../src/runner/error-fingerprint.ts';
import { type FailureCode, failureOf, failures } from '../src/runner/failures.ts';
import { TaskFailure } from '../src/runner/outcome.ts';
import { backoffSeconds, outcomeOf, patientSeconds } from '../src/runner/outcome-of.ts';

const sqlState = (code: string, message = 'refused') => Object.assign(new Error(message), { code });

const status = (code: number, error: object = {}, headers: Record<string, string> = {}) =>
  APIError.generate(code, error, undefined, new Headers(headers));

describe('every failure of a call has one class', () => {
  test.each<[string, unknown, 'retry' | 'fatal', string, boolean]>([
    ['400', status(400), 'fatal', 'model_refused_request', false],
    [
      '400 too long',
      status(400, { error: { message: 'prompt is too long: 300000 tokens' } }),
      'fatal',
      'input_too_long',
      false,
    ],
    ['401', status(401), 'fatal', 'model_access_denied', false],
    ['402', status(402), 'fatal', 'model_payment_required', false],
    ['403', status(403), 'fatal', 'model_access_denied', false],
    ['404', status(404), 'fatal', 'model_not_found', false],
    ['422', status(422), 'fatal', 'model_refused_request', false],
    ['408', status(408), 'retry', 'model_error', false],
    ['409', status(409), 'retry', 'model_error', false],
    ['413', status(413), 'fatal', 'input_too_long', false],
    ['429', status(429), 'retry', 'model_rate_limited', false],
    [
      '429 spend limit',
      status(429, { error: { details: { error_code: 'enforced_spend_limit_reached' } } }),
      'fatal',
      'spend_limit_reached',
      false,
    ],
    ['502', status(502), 'retry', 'model_error', false],
    ['503', status(503), 'retry', 'model_error', false],
    ['504', status(504), 'retry', 'model_error', false],
    ['500', status(500), 'retry', 'model_error', false],
    ['529', status(529), 'retry', 'model_overloaded', false],
    [
      'a refused connection',
      new APIConnectionError({ message: 'refused' }),
      'retry',
      'model_unreachable',
      true,
    ],
    [
      'a connection that takes too long',
      new APIConnectionTimeoutError(),
      'retry',
      'model_unreachable',
      true,
    ],
    [
      'an SDK error without a status',
      new AnthropicError('stream ended early'),
      'retry',
      'model_connection_lost',
      true,
    ],
    ['an abort', new APIUserAbortError(), 'retry', 'call_aborted', true],
    [
      'an error event in the stream',
      new APIError(undefined, { error: { type: 'overloaded_error' } }, undefined, undefined),
      'retry',
      'model_overloaded',
      true,
    ],
    ['an answer without end', new StreamTooLarge('much'), 'fatal', 'output_too_large', true],
    ['a stall', new StreamStalled('quiet'), 'retry', 'model_stalled', true],
    ['a cut socket', new TypeError('terminated'), 'retry', 'model_connection_lost', true],
  ])('%s', (_name, error, expectedClass, code, billed) => {
    expect(classifyClaudeError(error)).toMatchObject({ class: expectedClass, code });
    expect(mayHaveBeenBilled(error)).toBe(billed);
  });

  test.each([
    ['end_turn', undefined],
    ['stop_sequence', undefined],
    ['max_tokens', 'output_truncated'],
    ['refusal', 'model_refused'],
    ['model_context_window_exceeded', 'context_exceeded'],
    ['pause_turn', 'unexpected_stop'],
    ['tool_use', 'unexpected_stop'],
    [null, 'unexpected_stop'],
  ])('stop reason %s', (reason, code) => {
    expect(failureOfStopReason(reason)?.code).toBe(code);
  });

  test.each<[number, 'retry' | 'fatal', string]>([
    [400, 'fatal', 'agent_refused_request'],
    [401, 'fatal', 'agent_refused_request'],
    [422, 'fatal', 'agent_refused_request'],
    [429, 'retry', 'agent_unavailable'],
    [500, 'retry', 'agent_unavailable'],
    [503, 'retry', 'agent_unavailable'],
  ])('the agent answers %i', (code, expectedClass, expected) => {
    expect(failureOfAgentStatus(code)).toMatchObject({ class: expectedClass, code: expected });
  });

  test.each<[string, unknown, 'retry' | 'fatal', string]>([
    ['refused', sqlState('ECONNREFUSED'), 'retry', 'database_unavailable'],
    ['reset', sqlState('ECONNRESET'), 'retry', 'database_unavailable'],
    ['shut down', sqlState('57P01'), 'retry', 'database_unavailable'],
    ['starting up', sqlState('57P03'), 'retry', 'database_unavailable'],
    ['too many clients', sqlState('53300'), 'retry', 'database_unavailable'],
    ['statement timeout', sqlState('57014'), 'retry', 'database_unavailable'],
    ['cut', new Error('Connection terminated unexpectedly'), 'retry', 'database_unavailable'],
    ['no such host', sqlState('ENOTFOUND'), 'retry', 'database_unavailable'],
    ['crashed', sqlState('57P02'), 'retry', 'database_unavailable'],
    ['connection failure', sqlState('08006'), 'retry', 'database_unavailable'],
    [
      'lost between two statements',
      new Error('Client has encountered a connection error and is not queryable'),
      'retry',
      'database_unavailable',
    ],
    ['serialization failure', sqlState('40001'), 'retry', 'database_busy'],
    ['deadlock', sqlState('40P01'), 'retry', 'database_busy'],
    ['lock timeout', sqlState('55P03'), 'retry', 'database_busy'],
    ['disk full', sqlState('53100'), 'retry', 'database_full'],
    ['out of memory', sqlState('53200'), 'retry', 'database_full'],
    ['a NUL in text', sqlState('22P05'), 'fatal', 'not_storable'],
    ['a value out of range', sqlState('22003'), 'fatal', 'not_storable'],
    ['a check refused', sqlState('23514'), 'fatal', 'not_storable'],
    ['a limit of the program', sqlState('54000'), 'fatal', 'not_storable'],
    ['a unique violation', sqlState('23505'), 'retry', 'internal'],
    ['a missing right', sqlState('42501'), 'retry', 'internal'],
    ['a mistake of ours', new TypeError('x is not a function'), 'retry', 'internal'],
    ['something thrown that is no error', 'a string', 'retry', 'internal'],
  ])('the database or we: %s', (_name, error, expectedClass, code) => {
    expect(classifyError(error)).toMatchObject({ class: expectedClass, code });
  });
});

test('the agent service calls what fails by the names of the list, with their classes', () => {
  const folder = join(import.meta.dirname, '../../agent-service/agent_service/provider');
  const said = readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/\b(retry|fatal)\("(\w+)"/g),
    ])
    .map(([, kind, code]) => [code, kind]);
  expect(said.length).toBeGreaterThan(5);
  for (const [code, kind] of said)
    expect([code, failures[code as FailureCode]?.[0]]).toEqual([code, kind]);
});

test('every failure of the list has a class and a sentence that people can read', () => {
  const classes = Object.fromEntries(
    Object.entries(failures).map(([code, [kind, sentence]]) => {
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
      return [code, kind];
    }),
  );
  expect(classes).toEqual({
    call_aborted: 'retry',
    model_stalled: 'retry',
    model_unreachable: 'retry',
    model_connection_lost: 'retry',
    model_rate_limited: 'retry',
    model_overloaded: 'retry',
    model_error: 'retry',
    model_refused_request: 'fatal',
    model_access_denied: 'fatal',
    model_payment_required: 'fatal',
    model_not_found: 'fatal',
    spend_limit_reached: 'fatal',
    own_key_refused: 'fatal',
    no_price: 'fatal',
    input_too_long: 'fatal',
    provider_unavailable: 'retry',
    provider_limit: 'retry',
    budget_spent: 'retry',
    output_truncated: 'fatal',
    output_too_large: 'fatal',
    context_exceeded: 'fatal',
    model_refused: 'fatal',
    unexpected_stop: 'retry',
    empty_answer: 'retry',
    invalid_answer: 'retry',
    schema_not_satisfied: 'fatal',
    agent_unavailable: 'retry',
    agent_stream_cut: 'retry',
    agent_wrong_answer: 'retry',
    agent_refused_request: 'fatal',
    storage_unavailable: 'retry',
    storage_refused: 'retry',
    storage_not_set_up: 'fatal',
    database_unavailable: 'retry',
    database_busy: 'retry',
    database_full: 'retry',
    not_storable: 'fatal',
    unknown_kind: 'fatal',
    answer_not_usable: 'fatal',
    input_not_valid: 'fatal',
    worker_lost: 'fatal',
    internal: 'retry',
  });
});

describe("what an attempt's end means", () => {
  test("the provider's own delay is waited for", () => {
    const error = classifyClaudeError(status(429, {}, { 'retry-after': '37' }));
    const outcome = outcomeOf(error, undefined, 1, 3);
    expect(outcome).toMatchObject({ type: 'retry' });
    expect(outcome.type === 'retry' && outcome.delaySeconds).toBeGreaterThanOrEqual(37);
  });

  test('a delay longer than an hour is a failure, not a sleeping task', () => {
    expect(
      outcomeOf(new TaskFailure('retry', 'x', 'x', { retryAfterSeconds: 7_200 }), undefined, 1, 3),
    ).toMatchObject({ type: 'failed' });
  });

  test('the last attempt fails for good; a fatal error fails at once', () => {
    expect(outcomeOf(new TaskFailure('retry', 'x', 'x'), undefined, 3, 3)).toMatchObject({
      type: 'failed',
      error: { code: 'x' },
    });
    expect(outcomeOf(new TaskFailure('fatal', 'x', 'x'), undefined, 1, 3)).toMatchObject({
      type: 'failed',
    });
  });

  test('why it was stopped wins over what it threw', () => {
    expect(outcomeOf(new Error('aborted'), 'cancelled', 1, 3)).toEqual({ type: 'cancelled' });
    expect(outcomeOf(new Error('aborted'), 'shutdown', 1, 3)).toEqual({ type: 'released' });
    expect(outcomeOf(new Error('aborted'), 'cut off', 1, 3)).toMatchObject({
      type: 'expired',
      error: { class: 'expired' },
    });
  });

  test('what takes longer than its kind may is tried again, and dead in the end', () => {
    const error = { class: 'expired', code: 'deadline_exceeded' };
    expect(outcomeOf(new Error('aborted'), 'deadline', 1, 3)).toMatchObject({
      type: 'retry',
      error,
    });
    expect(outcomeOf(new Error('aborted'), 'deadline', 3, 3)).toMatchObject({
      type: 'failed',
      error,
    });
  });

  test('a database that is away costs the task no attempt', () => {
    expect(outcomeOf(sqlState('57P01'), undefined, 3, 3)).toEqual({ type: 'released' });
  });

  test('failures of the same making share a fingerprint that tells nothing of their message', () => {
    const of = (message: string) =>
      errorFingerprint(failureOf('internal', { cause: new Error(message) }));
    expect(of('task 01890000-0000-7000-8000-000000000001 has 3 steps')).toBe(
      of('task 01890000-0000-7000-8000-000000000002 has 14 steps'),
    );
    expect(of('no such step')).not.toBe(of('no such tool'));
    expect(of('secret canary')).toMatch(/^[0-9a-f]{12}$/);
  });

  test('an unknown error says nothing of itself in public', () => {
    const outcome = outcomeOf(new Error('secret path /etc/canary'), undefined, 1, 3);
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  test('backoff grows with the attempt, is jittered from zero, and never passes a minute', () => {
    expect([1, 2, 3, 10].map((attempt) => backoffSeconds(attempt, 0.999))).toEqual([2, 4, 8, 60]);
    expect(backoffSeconds(10, 0)).toBe(0);
  });

  test('a provider that is unwell is given time: three attempts outlast half a minute', () => {
    expect(patientSeconds(1, 0) + patientSeconds(2, 0)).toBeGreaterThanOrEqual(30);
    expect([1, 2, 3].map((attempt) => patientSeconds(attempt, 0.999))).toEqual([10, 50, 60]);
    const outcome = outcomeOf(failureOf('model_overloaded'), undefined, 1, 3);
    expect(outcome.type === 'retry' && outcome.delaySeconds).toBeGreaterThanOrEqual(5);
  });
});
