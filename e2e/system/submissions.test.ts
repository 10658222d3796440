import type { BulkResult, TaskDetail, TaskPage } from '@devsphere/shared/contracts/http/task.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const kind = 'assistant.prompt';
let system: System;
let ada: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  await system.db.admin.query(`update organizations set plan = 'scale' where org_id = $1`, [
    ada.orgId,
  ]);
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

const ask = (prompt: string, more: object = {}) => ({ kind, input: { prompt }, ...more });
const bulk = (tasks: object[], key?: string, by = client) =>
  by.call<{ results: BulkResult[]; code?: string }>(
    'POST',
    `/v1/orgs/${ada.orgId}/tasks/bulk`,
    { tasks },
    key ? { 'idempotency-key': key } : {},
  );
const counted = async () =>
  (
    await system.db.admin.query(
      `select (select count(*)::int from tasks where org_id = $1) as tasks,
              (select count(*)::int from pgboss.job where data ->> 'orgId' = $1::text and name = 'tasks.claude') as jobs,
              (select count(*)::int from audit_entries where org_id = $1 and action = 'task.submitted') as entries`,
      [ada.orgId],
    )
  ).rows[0];
const reaches = (id: string, state: string) =>
  eventually(`the task to be ${state}`, async () => {
    const task = await client.task(ada.orgId, id);
    expect(task.state).toBe(state);
    return task;
  });

describe('many tasks at once', () => {
  test('1,000 are taken together, each with its job and audit entry; sent again they are the same ones', async () => {
    const before = await counted();
    const tasks = Array.from({ length: 1_000 }, (_, index) => ask(`Question ${index}`));
    const first = await bulk(tasks, 'thousand');
    expect(first.status).toBe(200);
    expect(new Set(first.body.results.map(({ status }) => status))).toEqual(new Set(['created']));
    const after = await counted();
    for (const what of ['tasks', 'jobs', 'entries']) expect(after[what] - before[what]).toBe(1_000);

    const again = await bulk(tasks, 'thousand');
    expect(again.body.results.map(({ status, task }) => [status, task?.id])).toEqual(
      first.body.results.map(({ task }) => ['replayed', task?.id]),
    );
    expect(await counted()).toEqual(after);
  }, 30_000);

  test('what is not valid is refused by itself, and a key used for something else with it', async () => {
    await bulk([ask('First', { idempotencyKey: 'one' })]);
    const { body } = await bulk([
      ask('Good'),
      { kind: 'no.such', input: {} },
      ask(''),
      ask('Other', { idempotencyKey: 'one' }),
    ]);
    expect(body.results.map(({ status, error }) => [status, error?.code ?? null])).toEqual([
      ['created', null],
      ['refused', 'unknown_kind'],
      ['refused', 'invalid_request'],
      ['refused', 'idempotency_key_reused'],
    ]);
  });

  test('more than 1,000, two items of one key, and a stranger are refused, and nothing is written', async () => {
    const before = await counted();
    const tooMany = await bulk(Array.from({ length: 1_001 }, () => ask('x')));
    expect(tooMany.status).toBe(400);
    const same = ask('x', { idempotencyKey: 'same' });
    expect((await bulk([same, same])).status).toBe(400);
    const stranger = new ApiClient(
      system.api.url,
      await tokenOf(await signUp(system.db, 'stranger')),
    );
    expect((await bulk([ask('x')], undefined, stranger)).status).toBe(404);
    expect((await bulk([ask('')], undefined, stranger)).status).toBe(404);
    expect(await counted()).toEqual(before);
  });
});

describe('what a submission may say', () => {
  test('tags and metadata come back with the task, and the list finds tasks that have all tags asked for', async () => {
    const { body } = await client.submit(
      ada.orgId,
      ask('Tagged', { tags: ['nightly', 'customer:42'], metadata: { ticket: 'T-1' } }),
    );
    await client.submit(ada.orgId, ask('Other', { tags: ['nightly'] }));
    expect(body).toMatchObject({ tags: ['nightly', 'customer:42'], metadata: { ticket: 'T-1' } });
    const found = await client.call<TaskPage>(
      'GET',
      `/v1/orgs/${ada.orgId}/tasks?tag=nightly,customer:42`,
    );
    expect(found.body.tasks.map(({ id }) => id)).toEqual([body.id]);
  });

  test.each([
    ['expiresInSeconds', { expiresInSeconds: 0 }],
    ['deadlineSeconds', { deadlineSeconds: 90_000 }],
    ['tags', { tags: Array.from({ length: 11 }, (_, index) => `t${index}`) }],
    ['tags.0', { tags: ['<script>'] }],
    ['metadata.long', { metadata: { long: 'x'.repeat(501) } }],
    [
      'expiresInSeconds',
      { expiresInSeconds: 5, runAt: new Date(Date.now() + 60_000).toISOString() },
    ],
  ])('a bad %s is refused by name', async (field, more) => {
    const { status, body } = await client.submit(ada.orgId, ask('Bad', more));
    const { errors } = body as unknown as { errors: Array<{ field: string }> };
    expect({ status, field: errors[0]?.field }).toEqual({ status: 400, field });
  });

  test('a task that nobody starts in time expires and says why; retried, it waits for as long as it takes', async () => {
    await system.db.admin.query(
      `insert into queue_controls (queue, paused_by, reason) values ('tasks.claude', $1, 'a test')`,
      [ada.actor.userId],
    );
    const worker = await system.startWorker();
    const { body } = await client.submit(ada.orgId, ask('Urgent', { expiresInSeconds: 1 }));
    expect((await reaches(body.id, 'expired')).error).toMatchObject({
      code: 'not_started_in_time',
    });
    await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${body.id}/retries`);
    expect(await client.task(ada.orgId, body.id)).toMatchObject({
      state: 'queued',
      expiresAt: null,
    });
    await system.db.admin.query('delete from queue_controls');
    await worker.stop(0);
  });
});

describe('submissions of one key', () => {
  const debounced = (prompt: string, wait: object = {}, by = client) =>
    by.call<TaskDetail & { code?: string }>('POST', `/v1/orgs/${ada.orgId}/tasks/debounced`, {
      ...ask(prompt),
      debounce: { key: 'page:7', seconds: 600, ...wait },
    });

  test('become one task with what the last one said, put off no longer than the longest wait', async () => {
    const first = await debounced('First');
    expect(first.status).toBe(201);
    const second = await debounced('Second', { seconds: 3_600 });
    expect({ status: second.status, id: second.body.id }).toEqual({
      status: 200,
      id: first.body.id,
    });
    const task = await client.task(ada.orgId, first.body.id);
    expect(task.input).toEqual({ prompt: 'Second' });
    expect(Date.parse(task.runAt)).toBeLessThanOrEqual(Date.parse(task.createdAt) + 3_601_000);
    expect(Date.parse(task.runAt)).toBeGreaterThan(Date.parse(first.body.runAt));
    const { rows } = await system.db.admin.query(
      `select state from pgboss.job where data ->> 'taskId' = $1 and name = 'tasks.claude.later' order by state`,
      [first.body.id],
    );
    expect(rows).toEqual([{ state: 'created' }, { state: 'cancelled' }]);
    const other = await debounced('Another key', { key: 'page:8' });
    expect(other.status).toBe(201);
  });

  test('that come at the same moment are one task', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((prompt) => debounced(prompt, { key: 'same moment' })),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('start another task once the first has been stopped, and are refused to strangers', async () => {
    const first = await debounced('x', { key: 'stopped' });
    await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${first.body.id}/cancellation`);
    expect((await debounced('y', { key: 'stopped' })).status).toBe(201);
    expect((await debounced('z', { key: 'k', maximumSeconds: 5 })).status).toBe(400);
    const stranger = await tokenOf(await signUp(system.db, 'stranger'));
    const asStranger = new ApiClient(system.api.url, stranger);
    expect((await debounced('x', { key: 'stopped' }, asStranger)).status).toBe(404);
  });

  test('the input of a task that nobody debounced can’t be replaced, whoever tries', async () => {
    const { body } = await client.submit(ada.orgId, ask('Fixed'));
    await expect(
      system.db.admin.query(`update tasks set title = 'Other' where id = $1`, [body.id]),
    ).rejects.toMatchObject({ code: 'DS003' });
  });
});

describe('a run', () => {
  test('ends at the deadline its submission gave it, and a higher priority goes first', async () => {
    // The thousand before would keep a worker busy.
    await system.db.admin.query(`delete from pgboss.job where name = 'tasks.claude'`);
    await fetch(`${system.simulator.url}/_control/pace`, {
      method: 'PUT',
      body: JSON.stringify({ tokens_per_second: 5, first_token_ms: 20 }),
    });
    const low = await client.submit(ada.orgId, ask('Low', { deadlineSeconds: 1 }));
    const high = await client.submit(ada.orgId, ask('High', { deadlineSeconds: 1, priority: 10 }));
    await system.startWorker({ concurrency: 1 });
    const [lowTask, highTask] = [
      await reaches(low.body.id, 'expired'),
      await reaches(high.body.id, 'expired'),
    ];
    expect(highTask.error).toMatchObject({ code: 'deadline_exceeded' });
    expect(Date.parse(highTask.startedAt ?? '')).toBeLessThan(Date.parse(lowTask.startedAt ?? ''));
  });
});
