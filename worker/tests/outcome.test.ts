import { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { describe, expect, test } from '@jest/globals';
import {
  classifyClaudeError,
  failureOfStopReason,
  mayHaveBeenBilled,
} from '../src/claude/classify-error.ts';
import { StreamStalled } from '../src/claude/stream-message.ts';
import { backoffSeconds, outcomeOf, TaskFailure } from '../src/runner/outcome.ts';

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
    ['500', status(500), 'retry', 'model_error', false],
    ['529', status(529), 'retry', 'model_overloaded', false],
    [
      'a refused connection',
      new APIConnectionError({ message: 'refused' }),
      'retry',
      'model_unreachable',
      true,
    ],
    ['an abort', new APIUserAbortError(), 'retry', 'call_aborted', true],
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
    ['model_context_window_exceeded', 'input_too_long'],
    ['pause_turn', 'unexpected_stop'],
    ['tool_use', 'unexpected_stop'],
    [null, 'unexpected_stop'],
  ])('stop reason %s', (reason, code) => {
    expect(failureOfStopReason(reason)?.code).toBe(code);
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
    expect(outcomeOf(new Error('aborted'), 'deadline', 1, 3)).toMatchObject({
      type: 'expired',
      error: { class: 'expired' },
    });
  });

  test('an unknown error says nothing of itself in public', () => {
    const outcome = outcomeOf(new Error('secret path /etc/canary'), undefined, 1, 3);
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  test('backoff grows with the attempt, is jittered from zero, and never passes a minute', () => {
    expect([1, 2, 3, 10].map((attempt) => backoffSeconds(attempt, 0.999))).toEqual([2, 4, 8, 60]);
    expect(backoffSeconds(10, 0)).toBe(0);
  });
});
