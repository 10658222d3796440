import type { OrganizationPause } from '@devsphere/shared/contracts/http/pause.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { join, signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const kind = 'assistant.prompt';
const source = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
let system: System;
let ada: TestPerson;
let client: ApiClient;
let asMember: ApiClient;
let asViewer: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  const as = async (role: 'member' | 'viewer') => {
    const person = await signUp(system.db, role);
    await join(system.db, person, ada.orgId, role);
    return new ApiClient(system.api.url, await tokenOf(person));
  };
  [asMember, asViewer] = [await as('member'), await as('viewer')];
  await system.startWorker();
});
afterAll(() => system.stop());

const reaches = (id: string, state: string) =>
  eventually(`the task to be ${state}`, async () => {
    const task = await client.task(ada.orgId, id);
    expect(task.state).toBe(state);
    return task;
  });
const submit = async (more: object = {}, prompt = 'Hello') =>
  (await client.submit(ada.orgId, { kind, input: { prompt }, ...more })).body.id;
const steer = (id: string, verb: string, by = client, body?: unknown) =>
  by.call<TaskDetail & { code?: string }>(
    'POST',
    `/v1/orgs/${ada.orgId}/tasks/${id}/${verb}`,
    body,
  );
const fault = (wanted: object) =>
  fetch(`${system.simulator.url}/_control/faults`, {
    method: 'POST',
    body: JSON.stringify(wanted),
  });
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describe('starting now', () => {
  test('a task submitted for later starts at once, and a second request finds nothing to bring forward', async () => {
    const id = await submit({ runAt: inAnHour() });
    expect((await steer(id, 'start', asViewer)).status).toBe(403);
    expect((await steer(id, 'start', asMember)).status).toBe(202);
    await reaches(id, 'succeeded');
    expect(await steer(id, 'start')).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test('a task that waits for its next attempt does not wait any longer', async () => {
    // Not a 429: that is of the whole account, and would hold what is started by hand too.
    await fault({ kind: 'status', status: 529, headers: { 'retry-after': '1800' } });
    const id = await submit();
    await eventually('the first attempt to fail', async () => {
      const task = await client.task(ada.orgId, id);
      return task.state === 'queued' && task.attempt === 1;
    });
    expect((await steer(id, 'start')).status).toBe(202);
    expect(await reaches(id, 'succeeded')).toMatchObject({ attempt: 2 });
  });
});

describe('retrying from a step', () => {
  const finishedSteps = async (id: string) =>
    (
      await system.db.admin.query(
        'select key from task_steps where task_id = $1 order by ended_at',
        [id],
      )
    ).rows.map(({ key }) => key);

  test('does that step and what came after again, and keeps what came before', async () => {
    const { body } = await client.submit(ada.orgId, {
      kind: 'release.notes',
      input: { commits: '9f1c2ab feat: one\nb02c9d4 fix: two' },
    });
    const id = body.id;
    await reaches(id, 'waiting');
    await steer(id, 'cancellation');
    expect(await finishedSteps(id)).toEqual(['draft-1']);

    expect((await steer(id, 'retries', client, { fromStep: 'no-such' })).status).toBe(400);
    expect((await steer(id, 'retries', asViewer, { fromStep: 'draft-1' })).status).toBe(403);
    expect(await finishedSteps(id)).toEqual(['draft-1']);

    expect((await steer(id, 'retries', client, { fromStep: 'draft-1' })).status).toBe(202);
    await reaches(id, 'waiting');
    const calls = () => system.db.admin.query('select from llm_calls where task_id = $1', [id]);
    expect((await calls()).rowCount).toBe(2);

    await steer(id, 'cancellation');
    await steer(id, 'retries');
    await reaches(id, 'waiting');
    expect((await calls()).rowCount).toBe(2);
  });

  test('forgets only from the step on', async () => {
    const { body } = await client.submit(ada.orgId, { kind: 'docs.generate', input: { source } });
    await reaches(body.id, 'succeeded');
    // As if it had failed behind its last step.
    await system.db.admin.query(`alter table tasks disable trigger tasks_guard_transition`);
    await system.db.admin.query(`update tasks set state = 'failed' where id = $1`, [body.id]);
    await system.db.admin.query(`alter table tasks enable trigger tasks_guard_transition`);
    expect(await finishedSteps(body.id)).toEqual(['outline', 'write']);
    await steer(body.id, 'retries', client, { fromStep: 'write' });
    await reaches(body.id, 'succeeded');
    const { rows } = await system.db.admin.query(
      'select step_key, count(*)::int as calls from llm_calls where task_id = $1 group by 1 order by 1',
      [body.id],
    );
    expect(rows).toEqual([
      { step_key: 'outline', calls: 1 },
      { step_key: 'write', calls: 2 },
    ]);
  });
});

describe('a paused organisation', () => {
  const pause = (by = client, body: unknown = {}) =>
    by.call<OrganizationPause>('PUT', `/v1/orgs/${ada.orgId}/pause`, body);
  const resume = (by = client) => by.call('DELETE', `/v1/orgs/${ada.orgId}/pause`);

  test('takes tasks and starts none, while others go on; resumed, they start', async () => {
    expect((await pause(client, { reason: 'Too expensive' })).body).toMatchObject({
      paused: true,
      pausedBy: ada.actor.userId,
      reason: 'Too expensive',
    });
    const ids = [await submit(), await submit()];
    const bob = await signUp(system.db, 'bob');
    const other = new ApiClient(system.api.url, await tokenOf(bob));
    const { body } = await other.submit(bob.orgId, { kind, input: { prompt: 'Elsewhere' } });
    await other.events(bob.orgId, body.id);
    for (const id of ids)
      expect(await client.task(ada.orgId, id)).toMatchObject({ state: 'queued', attempt: 0 });

    expect((await resume()).status).toBe(204);
    const started = await Promise.all(ids.map((id) => reaches(id, 'succeeded')));
    expect(started.map(({ attempt }) => attempt)).toEqual([1, 1]);
  });

  test('is paused and resumed by admins alone, as often as they like, once each in the audit log', async () => {
    expect((await pause(asMember)).status).toBe(403);
    expect((await pause(asViewer)).status).toBe(403);
    expect((await pause()).status).toBe(200);
    expect((await pause()).status).toBe(200);
    expect((await resume(asMember)).status).toBe(403);
    const seen = await asViewer.call<OrganizationPause>('GET', `/v1/orgs/${ada.orgId}/pause`);
    expect(seen.body.paused).toBe(true);
    expect((await resume()).status).toBe(204);
    expect((await resume()).status).toBe(204);
    const { rows } = await system.db.admin.query(
      `select action, count(*)::int as n from audit_entries
       where org_id = $1 and action in ('organization.paused', 'organization.resumed') group by 1 order by 1`,
      [ada.orgId],
    );
    // Once in this test, once in the one before.
    expect(rows).toEqual([
      { action: 'organization.paused', n: 2 },
      { action: 'organization.resumed', n: 2 },
    ]);
  });
});
