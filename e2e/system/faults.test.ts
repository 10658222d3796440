import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const root = join(import.meta.dirname, '..', '..');
const question = {
  kind: 'assistant.prompt',
  input: { prompt: 'Explain how a lease differs from a lock, with an example.' },
};
let system: System;
let ada: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());
afterEach(() => pace(0, 0));

async function control(method: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${system.simulator.url}/_control/${path}`, {
    method,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}
const pace = (tokensPerSecond: number, firstTokenMs: number) =>
  control('PUT', 'pace', { tokens_per_second: tokensPerSecond, first_token_ms: firstTokenMs });
const fault = (body: object) => control('POST', 'faults', body);
const rowsOf = async (sql: string, taskId: string) =>
  (await system.db.admin.query(sql, [taskId])).rows;

describe('a worker that dies', () => {
  test('killed in the middle of a stream, its task ends in one result on another worker', async () => {
    await pace(60, 20);
    const doomed = spawn(process.execPath, [join(root, 'worker/src/main.ts')], {
      env: {
        DATABASE_URL: system.db.url,
        ANTHROPIC_BASE_URL: system.simulator.url,
        ANTHROPIC_API_KEY: 'test',
        SECRETS_PRIVATE_KEYS: testSealing.privateKeys(),
        LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    });
    const { body } = await client.submit(ada.orgId, question);
    const seen = await client.events(ada.orgId, body.id, 0, (event) => event.type === 'text');
    doomed.kill('SIGKILL');
    await pace(0, 0);
    const heir = await system.startWorker();
    const rest = await client.events(ada.orgId, body.id, seen.length);
    await heir.stop(5);

    const task = await client.task(ada.orgId, body.id);
    expect(task).toMatchObject({ state: 'succeeded', attempt: 2 });
    const all = [...seen, ...rest];
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(all.filter(({ type }) => type === 'task.ended')).toHaveLength(1);
    expect(
      await rowsOf(
        'select attempt, state from task_attempts where task_id = $1 order by attempt',
        body.id,
      ),
    ).toEqual([
      { attempt: 1, state: 'lost' },
      { attempt: 2, state: 'succeeded' },
    ]);
    // The call of the dead worker is remembered as unknown, not forgotten.
    expect(
      await rowsOf('select state from llm_calls where task_id = $1 order by id', body.id),
    ).toEqual([{ state: 'unknown' }, { state: 'completed' }]);
    expect(
      await rowsOf('select count(*)::int as n from usage_entries where task_id = $1', body.id),
    ).toEqual([{ n: 1 }]);
  }, 60_000);

  test('stopped politely, it gives its task back without costing an attempt, and finished steps are not paid again', async () => {
    await pace(0, 0);
    await fault({
      kind: 'stall',
      after_tokens: 3,
      ms: 60_000,
      match: { contains: 'following this outline' },
    });
    const first = await system.startWorker();
    const { body } = await client.submit(ada.orgId, {
      kind: 'docs.generate',
      input: { source: 'export const answer = 42;' },
    });
    await client.events(
      ada.orgId,
      body.id,
      0,
      (event) => event.type === 'text' && event.data.step === 'write',
    );
    await first.stop(0);
    expect(await client.task(ada.orgId, body.id)).toMatchObject({
      state: 'queued',
      attempt: 1,
      maxAttempts: 4,
    });
    const second = await system.startWorker();
    await client.events(ada.orgId, body.id);
    await second.stop(5);
    expect(await client.task(ada.orgId, body.id)).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(
      await rowsOf(`select step_key, state from llm_calls where task_id = $1 order by id`, body.id),
    ).toEqual([
      { step_key: 'outline', state: 'completed' },
      { step_key: 'write', state: 'unknown' },
      { step_key: 'write', state: 'completed' },
    ]);
  }, 30_000);
});

describe('with a worker', () => {
  let worker: { stop: (grace: number) => Promise<void> };
  beforeAll(async () => {
    worker = await system.startWorker({ idleSeconds: 1 });
  });
  afterAll(() => worker.stop(0));

  test('cancelling a running task reaches the call, which is then over for the provider too', async () => {
    await pace(20, 20);
    const { body } = await client.submit(ada.orgId, question);
    await client.events(ada.orgId, body.id, 0, (event) => event.type === 'text');
    const answer = await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${body.id}/cancellation`);
    expect(answer.status).toBe(202);
    expect((await client.events(ada.orgId, body.id)).at(-1)).toMatchObject({
      type: 'task.ended',
      data: { state: 'cancelled' },
    });
    expect(await client.task(ada.orgId, body.id)).toMatchObject({
      state: 'cancelled',
      output: null,
    });
    const [call] = await rowsOf(
      'select provider_request_id as id from llm_calls where task_id = $1',
      body.id,
    );
    await eventually('the provider noticed', async () => {
      const { calls } = (await (await fetch(`${system.simulator.url}/_control/calls`)).json()) as {
        calls: Array<{ request_id: string; outcome: string }>;
      };
      return calls.some(
        ({ request_id, outcome }) => request_id === call.id && outcome === 'client_gone',
      );
    });
  });

  test.each([
    [
      'an overloaded provider',
      { kind: 'status', status: 529, type: 'overloaded_error' },
      'model_overloaded',
    ],
    ['a server error', { kind: 'status', status: 500, type: 'api_error' }, 'model_error'],
    ['a stream cut in the middle', { kind: 'cut', after_tokens: 5 }, undefined],
    ['a stream that ends early as if complete', { kind: 'early_end', after_tokens: 5 }, undefined],
    ['an error event in the stream', { kind: 'error_event', after_tokens: 5 }, undefined],
    ['a stream that falls silent', { kind: 'stall', after_tokens: 5, ms: 60_000 }, 'model_stalled'],
    ['a reply that is lost', { kind: 'lost_reply' }, undefined],
  ])(
    'after %s the task is tried again and ends whole',
    async (_name, bad, code) => {
      // One failure among good calls: a provider that mostly fails opens the circuit breaker instead.
      const { body: good } = await client.submit(ada.orgId, question);
      await client.events(ada.orgId, good.id);
      await fault(bad);
      const { body } = await client.submit(ada.orgId, question);
      const events = await client.events(ada.orgId, body.id);
      const failed = events.find((event) => event.type === 'attempt.failed');
      expect(failed?.data).toMatchObject({
        attempt: 1,
        error: { class: 'retry', ...(code ? { code } : {}) },
      });
      const task = await client.task(ada.orgId, body.id);
      expect(task).toMatchObject({ state: 'succeeded', attempt: 2 });
      const lastStart = events.findLastIndex((event) => event.type === 'attempt.started');
      const streamed = events
        .slice(lastStart)
        .map((event) => (event.type === 'text' ? event.data.delta : ''))
        .join('');
      expect(task.output).toEqual({ markdown: streamed });
      expect(
        await rowsOf('select count(*)::int as n from usage_entries where task_id = $1', body.id),
      ).toEqual([{ n: 1 }]);
    },
    30_000,
  );

  test.each([
    ['max_tokens', 'output_truncated'],
    ['refusal', 'model_refused'],
    ['model_context_window_exceeded', 'context_exceeded'],
  ])('a %s answer is paid for, but never called a success', async (stopReason, code) => {
    await fault({ kind: 'stop_reason', stop_reason: stopReason });
    const { body } = await client.submit(ada.orgId, question);
    await client.events(ada.orgId, body.id);
    expect(await client.task(ada.orgId, body.id)).toMatchObject({
      state: 'failed',
      output: null,
      error: { class: 'fatal', code },
      attempt: 1,
    });
    expect(
      await rowsOf('select count(*)::int as n from usage_entries where task_id = $1', body.id),
    ).toEqual([{ n: 1 }]);
    const [job] = await rowsOf(
      `select j.state, d.name as dead from tasks t join pgboss.job j on j.id = t.job_id left join pgboss.job d on d.source_id = j.id where t.id = $1`,
      body.id,
    );
    expect(job).toEqual({ state: 'failed', dead: 'tasks.claude.dead' });
  });

  test('a failed task can be retried by a person and then succeeds', async () => {
    await fault({ kind: 'stop_reason', stop_reason: 'refusal' });
    const { body } = await client.submit(ada.orgId, question);
    await client.events(ada.orgId, body.id);
    const retried = await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${body.id}/retries`);
    expect(retried.status).toBe(202);
    await eventually(
      'it succeeded',
      async () => (await client.task(ada.orgId, body.id)).state === 'succeeded',
    );
  });

  test.each([
    ['whose payload version is unknown', { version: 99 }],
    ['without ids', { version: 1, orgId: null, taskId: null }],
    ['whose ids are none', { version: 1, orgId: 'x', taskId: 'y' }],
  ])('a job %s is refused to the dead-letter queue, not guessed', async (_name, bad) => {
    const ids = { orgId: ada.orgId, taskId: ada.orgId };
    const id = await system.db.boss.send('tasks.claude', { ...ids, ...bad });
    await eventually('it is dead', async () => {
      const { rows } = await system.db.admin.query(
        `select 1 from pgboss.job where name = 'tasks.claude.dead' and source_id = $1`,
        [id],
      );
      return rows.length === 1;
    });
  });
});
