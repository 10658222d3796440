import { pauseQueue } from '@devsphere/shared/commands/operator/pause-queue.ts';
import { resumeQueue } from '@devsphere/shared/commands/operator/resume-queue.ts';
import type { TaskExplanation } from '@devsphere/shared/contracts/http/explanation.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let ada: TestPerson;
let client: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

const submit = async (more: object = {}) =>
  (
    await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: { prompt: 'Explain how a durable queue keeps work from being lost.' },
      ...more,
    })
  ).body.id;
const ask = (id: string, by = client) =>
  by.call<TaskExplanation>('GET', `/v1/orgs/${ada.orgId}/tasks/${id}/explanation`);
const why = async (id: string) => (await ask(id)).body;
const becomes = (id: string, reason: string) =>
  eventually(`the reason ${reason}`, async () => {
    const explanation = await why(id);
    expect(explanation.reason).toBe(reason);
    return explanation;
  });
const simulator = (path: string, method: string, body: unknown) =>
  fetch(`${system.simulator.url}/_control/${path}`, { method, body: JSON.stringify(body) });

test('a task tells at every moment what keeps it, and in the end what became of it and what it cost', async () => {
  const first = await submit();
  expect(await why(first)).toMatchObject({ state: 'queued', reason: 'no_worker', position: 0 });
  const second = await submit();
  expect(await why(second)).toMatchObject({ reason: 'no_worker', position: 1 });

  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const later = await submit({ runAt: inAnHour });
  expect(await why(later)).toMatchObject({ reason: 'delayed', until: inAnHour });

  const path = `/v1/orgs/${ada.orgId}/pause`;
  await client.call('PUT', path, { reason: 'Too expensive' });
  const paused = await why(first);
  expect(paused.reason).toBe('organization_paused');
  expect(paused.text).toContain('Too expensive');
  await client.call('DELETE', path);

  const operator = operatorContextOf(system.db, await signUpOperator(system.db, 'olga'));
  const hold = { queue: 'tasks.claude', reason: 'because of a test' };
  await pauseQueue(operator, hold);
  const held = await why(first);
  expect(held.reason).toBe('queue_paused');
  expect(held.text).not.toContain(hold.reason);
  await resumeQueue(operator, hold);

  // Too slow to end while the test looks.
  await simulator('pace', 'PUT', { tokens_per_second: 1, first_token_ms: 0 });
  await system.startWorker({ concurrency: 20 });
  await becomes(first, 'running');
  const others = [await submit(), await submit(), await submit(), await submit()];
  const last = others.at(-1) ?? '';
  expect(await becomes(last, 'concurrency')).toMatchObject({
    concurrency: { running: 5, limit: 5 },
  });
  await simulator('pace', 'PUT', { tokens_per_second: 0, first_token_ms: 0 });
  for (const id of [first, second, ...others])
    await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${id}/cancellation`);
  expect((await becomes(second, 'cancelled')).text).toContain('cancelled');

  await simulator('faults', 'POST', {
    kind: 'status',
    status: 529,
    headers: { 'retry-after': '600' },
  });
  const busy = await submit();
  const backingOff = await becomes(busy, 'backing_off');
  expect(backingOff).toMatchObject({ attempts: { made: 1 }, error: { class: 'retry' } });
  expect(Date.parse(backingOff.until ?? '')).toBeGreaterThan(Date.now());

  const done = await becomes(await submit(), 'succeeded');
  expect(done).toMatchObject({ error: null, until: null, attempts: { made: 1 } });
  expect(done.cost.nanoUsd).toBeGreaterThan(0);
  expect(done.ranMs).not.toBeNull();
}, 90_000);

test('with a spent budget nothing is called or started, tasks say so and lose no attempt, and they go on when it is raised', async () => {
  const bob = await signUp(system.db, 'bob');
  const his = new ApiClient(system.api.url, await tokenOf(bob));
  const ask = async (id: string) =>
    (await his.call<TaskExplanation>('GET', `/v1/orgs/${bob.orgId}/tasks/${id}/explanation`)).body;
  const budget = (monthlyLimitNanoUsd: number) =>
    his.call('PUT', `/v1/orgs/${bob.orgId}/budget`, { monthlyLimitNanoUsd, alertPercents: [] });
  await his.call('PUT', `/v1/orgs/${bob.orgId}/pause`, {});
  const body = { kind: 'assistant.prompt', input: { prompt: 'What does this cost?' } };
  const ids = [
    (await his.submit(bob.orgId, body)).body.id,
    (await his.submit(bob.orgId, body)).body.id,
  ];
  expect((await budget(0)).status).toBe(200);
  await his.call('DELETE', `/v1/orgs/${bob.orgId}/pause`);
  await system.startWorker();
  for (const id of ids)
    await eventually('it waits for the budget', async () => (await ask(id)).reason === 'budget');
  const { rows } = await system.db.admin.query(
    'select count(*)::int as n from llm_calls where org_id = $1',
    [bob.orgId],
  );
  expect(rows).toEqual([{ n: 0 }]);
  expect((await budget(1_000_000_000)).status).toBe(200);
  for (const id of ids) {
    const explanation = await eventually('it ran', async () => {
      const seen = await ask(id);
      return seen.state === 'succeeded' ? seen : undefined;
    });
    expect(explanation.attempts.made).toBeLessThan(explanation.attempts.allowed);
  }
}, 60_000);

test('how each attempt went is told, with its error; so are a stop on its way, a task without a job, and one that expired', async () => {
  const cy = await signUp(system.db, 'cy');
  const theirs = new ApiClient(system.api.url, await tokenOf(cy));
  const ask = async (id: string) =>
    (await theirs.call<TaskExplanation>('GET', `/v1/orgs/${cy.orgId}/tasks/${id}/explanation`))
      .body;
  const body = { kind: 'assistant.prompt', input: { prompt: 'What may go wrong?' } };
  const submit = async (more: object = {}) =>
    (await theirs.submit(cy.orgId, { ...body, ...more })).body.id;
  const reaches = (id: string, state: string) =>
    eventually(`the state ${state}`, async () => {
      const seen = await ask(id);
      return seen.state === state ? seen : undefined;
    });
  await system.startWorker();
  await simulator('faults', 'POST', { kind: 'status', status: 400 });
  const failed = await reaches(await submit(), 'failed');
  expect(failed).toMatchObject({ reason: 'failed', attempts: { made: 1 } });
  expect(failed.text).toBe(
    'Claude could not accept this request. It was given up after one attempt.',
  );
  expect(failed.attempts.history).toEqual([
    {
      number: 1,
      state: 'failed',
      worker: expect.any(String),
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      error: {
        class: 'fatal',
        code: 'model_refused_request',
        message: 'Claude could not accept this request.',
        fingerprint: expect.any(String),
      },
    },
  ]);

  const notes = { version: '1.0.0', commits: 'Tell of every attempt' };
  const asked = await reaches(await submit({ kind: 'release.notes', input: notes }), 'waiting');
  expect(asked.reason).toBe('approval');
  expect(asked.text).toContain('A person is asked: Approve the release notes.');
  expect(Date.parse(asked.until ?? '')).toBeGreaterThan(Date.now());
  expect(asked.attempts.history).toMatchObject([{ number: 1, state: 'waiting', error: null }]);

  await theirs.call('PUT', `/v1/orgs/${cy.orgId}/pause`, {});
  const late = await reaches(await submit({ expiresInSeconds: 1 }), 'expired');
  expect(late).toMatchObject({ reason: 'expired', ranMs: null, attempts: { history: [] } });
  expect(late.text).toMatch(/within the time it was given\. It never started\.$/);

  // As a worker leaves them that took it, vanished, and of which another one has it now.
  const running = await submit();
  await system.db.admin.query(
    `update tasks set state = 'running', attempt = 2, started_at = now() where id = $1`,
    [running],
  );
  await system.db.admin.query(
    `insert into task_attempts (org_id, task_id, attempt, state, worker, job_id, delivery, ended_at, error)
     select org_id, id, n, case n when 1 then 'lost' else 'running' end, 'worker-' || n, job_id, n - 1,
            case n when 1 then now() end, case n when 1 then $2::jsonb end
     from tasks, generate_series(1, 2) as n where id = $1`,
    [running, JSON.stringify({ class: 'retry', code: 'worker_vanished', message: 'Gone.' })],
  );
  expect((await ask(running)).attempts).toMatchObject({
    made: 2,
    history: [
      { number: 1, state: 'lost', worker: 'worker-1', error: { code: 'worker_vanished' } },
      { number: 2, state: 'running', endedAt: null, error: null },
    ],
  });
  await theirs.call('POST', `/v1/orgs/${cy.orgId}/tasks/${running}/cancellation`);
  expect(await ask(running)).toMatchObject({ state: 'running', reason: 'stopping' });

  await system.db.admin.query(
    `update pgboss.job set state = 'active', started_on = now() - interval '1 minute', heartbeat_on = now() - interval '8 seconds'
     where id = (select job_id from tasks where id = $1)`,
    [running],
  );
  const silent = await ask(running);
  expect(silent).toMatchObject({ state: 'running', reason: 'worker_silent' });
  expect(silent.text).toMatch(
    /not heard of for \d+ seconds. Unless it comes back (within 2 seconds|now)/,
  );

  const forgotten = await submit();
  await system.db.admin.query(
    'delete from pgboss.job where id = (select job_id from tasks where id = $1)',
    [forgotten],
  );
  const stuck = await ask(forgotten);
  expect(stuck).toMatchObject({ state: 'queued', reason: 'no_job', position: null, until: null });
  expect(stuck.text).toContain('Cancel it, then retry it');
  const cancelled = `/v1/orgs/${cy.orgId}/tasks/${forgotten}/cancellation`;
  expect((await theirs.call('POST', cancelled)).status).toBe(200);
  await theirs.call('POST', `/v1/orgs/${cy.orgId}/tasks/${forgotten}/retries`);
  expect((await ask(forgotten)).reason).toBe('organization_paused');
}, 60_000);

test('somebody of another organisation learns no more than of a task that is nowhere', async () => {
  const eve = await signUp(system.db, 'eve');
  const stranger = new ApiClient(system.api.url, await tokenOf(eve));
  expect(
    (await ask(await submit({ runAt: new Date(Date.now() + 60_000).toISOString() }), stranger))
      .status,
  ).toBe(404);
  expect((await ask(crypto.randomUUID())).status).toBe(404);
});
