import { createLogger } from '@devsphere/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CallWindow } from '../src/claude/call-window.ts';
import { type Pass, ProviderGate, platformAccount } from '../src/claude/provider-gate.ts';
import { type FailureCode, failureOf } from '../src/runner/failures.ts';

const log = createLogger('test', 'silent');
let db: TestDatabase;
let one: ProviderGate;
let other: ProviderGate;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.admin.query('delete from provider_gates');
  one = new ProviderGate(db.database, log);
  other = new ProviderGate(db.database, log);
});

const pass = (gate: ProviderGate, tokens = 10) => gate.pass(platformAccount, tokens);
const refusal = async (attempt: Promise<Pass>) =>
  attempt.then(
    ({ verdict }) => verdict,
    (error: { code: string }) => error.code,
  );
const fail = async (gate: ProviderGate, code: FailureCode, retryAfterSeconds?: number) =>
  gate.ended(await pass(gate), { type: 'failed', failure: failureOf(code, { retryAfterSeconds }) });
const failFiveTimes = async () => {
  for (let call = 0; call < 5; call += 1) await fail(one, 'model_overloaded');
};
const pauseIsOver = () =>
  db.admin.query(`update provider_gates set open_until = now() - interval '1 second'`);

describe('the circuit breaker', () => {
  test('opens for every worker when calls of one keep failing', async () => {
    expect(await refusal(pass(other))).toBe('free');
    await failFiveTimes();
    expect(await refusal(pass(other))).toBe('provider_unavailable');
    expect(one.closure(platformAccount)?.code).toBe('provider_unavailable');
    expect(other.isAnyClosed).toBe(true);
  });

  test('lets exactly one call probe, and closes when it is answered', async () => {
    await failFiveTimes();
    await pauseIsOver();
    const verdicts = await Promise.all(
      [one, other, one, other].map((gate) =>
        pass(gate).then(
          (given) => given,
          () => undefined,
        ),
      ),
    );
    const [probe, ...more] = verdicts.filter((given) => given !== undefined);
    expect(probe?.verdict).toBe('probe');
    expect(more).toEqual([]);
    if (probe) await one.ended(probe, { type: 'answered', tokens: 10 });
    expect(await refusal(pass(other))).toBe('free');
    expect(one.isAnyClosed).toBe(false);
  });

  test('waits longer after a probe that fails', async () => {
    await failFiveTimes();
    await pauseIsOver();
    await fail(one, 'model_overloaded');
    const { rows } = await db.admin.query(
      'select pause_seconds, open_until > now() as open from provider_gates',
    );
    expect(rows).toEqual([{ pause_seconds: 2, open: true }]);
  });

  test('a failure counts against the task only while the breaker is closed', async () => {
    const overloaded = failureOf('model_overloaded');
    const refused = failureOf('model_refused_request');
    expect(one.blame(platformAccount, overloaded).code).toBe('model_overloaded');
    await failFiveTimes();
    await pauseIsOver();
    const prober = new ProviderGate(db.database, log);
    await fail(prober, 'model_overloaded');
    expect(prober.blame(platformAccount, overloaded).code).toBe('provider_unavailable');
    expect(prober.blame(platformAccount, refused).code).toBe('model_refused_request');
  });

  test('lets another call probe when the first was stopped by us', async () => {
    await failFiveTimes();
    await pauseIsOver();
    await one.ended(await pass(one), { type: 'stopped' });
    expect(await refusal(pass(other))).toBe('probe');
  });

  test("an organisation's own account is judged apart from the platform's", async () => {
    await failFiveTimes();
    expect(await refusal(one.pass('00000000-0000-4000-8000-000000000001', 10))).toBe('free');
  });

  test('refusals of single requests never open it', async () => {
    for (let call = 0; call < 20; call += 1) await fail(one, 'model_refused_request');
    expect(await refusal(pass(other))).toBe('free');
  });
});

describe('a judgement of calls', () => {
  test('is bad when five failed and those are half', () => {
    const calls = new CallWindow();
    for (const at of [1, 2, 3, 4]) calls.add(true, at);
    expect(calls.isBad).toBe(false);
    for (const at of [5, 6, 7, 8, 9, 10]) calls.add(false, at);
    calls.add(true, 11);
    expect(calls.isBad).toBe(false);
    calls.add(true, 12);
    expect(calls.isBad).toBe(true);
  });

  test('is bad when the last five failed, however well it went before', () => {
    const calls = new CallWindow();
    for (let at = 1; at <= 50; at++) calls.add(false, at);
    for (const at of [51, 52, 53, 54]) calls.add(true, at);
    expect(calls.isBad).toBe(false);
    calls.add(true, 55);
    expect(calls.isBad).toBe(true);
    calls.add(false, 56);
    expect(calls.isBad).toBe(false);
  });

  test('forgets what is older than ten seconds', () => {
    const calls = new CallWindow();
    for (const at of [1, 2, 3, 4]) calls.add(true, at);
    calls.add(true, 10_005);
    expect(calls.isBad).toBe(false);
  });
});

describe('limits a minute', () => {
  const limit = (requests: number | null, tokens: number | null) =>
    db.admin.query(
      `insert into provider_gates (account, requests_per_minute, tokens_per_minute) values ('platform', $1, $2)`,
      [requests, tokens],
    );
  const granted = async (calls: number, tokens: number) => {
    const verdicts = await Promise.all(
      Array.from({ length: calls }, (_, n) => refusal(pass(n % 2 ? one : other, tokens))),
    );
    return verdicts.filter((verdict) => verdict === 'counted').length;
  };

  test('of requests hold for all workers together, however many ask at once', async () => {
    // A sixth of a minute's worth is saved up; hardly anything flows in meanwhile.
    await limit(6, null);
    expect(await granted(20, 10)).toBe(1);
    expect(await refusal(pass(one))).toBe('provider_limit');
  });

  test('of tokens count what a call may need, and give back what it did not', async () => {
    await limit(null, 600);
    const whole = await pass(one, 100);
    expect(await refusal(pass(other, 100))).toBe('provider_limit');
    await one.ended(whole, { type: 'answered', tokens: 0 });
    expect(await refusal(pass(other, 90))).toBe('counted');
  });

  test('let a call through that is larger than what can be saved up, and have it paid off', async () => {
    await limit(null, 600);
    expect(await refusal(pass(one, 500))).toBe('counted');
    const { rows } = await db.admin.query('select tokens_left::int as left from provider_gates');
    expect(rows).toEqual([{ left: -400 }]);
    expect(await refusal(pass(other, 1))).toBe('provider_limit');
  });

  test('a minute never has more than the limit, wherever it begins', async () => {
    await limit(60, null);
    let sent = 0;
    // Sixty seconds pass, one by one.
    for (let second = 0; second <= 60; second += 1) {
      sent += await granted(15, 1);
      await db.admin.query(
        `update provider_gates set counted_at = counted_at - interval '1 second'`,
      );
    }
    expect(sent).toBeLessThanOrEqual(61);
    expect(sent).toBeGreaterThan(50);
  });
});

describe('a provider that asks to wait', () => {
  test('is heard by every worker', async () => {
    await fail(one, 'model_rate_limited', 20);
    expect(await refusal(pass(other))).toBe('provider_limit');
    expect(one.closure(platformAccount)?.retryAfterSeconds).toBeGreaterThan(15);
  });

  test('for hours is asked again within a minute', async () => {
    await fail(one, 'model_rate_limited', 7_200);
    expect(one.closure(platformAccount)?.retryAfterSeconds).toBeLessThan(60);
  });
});
