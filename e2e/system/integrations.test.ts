import type { Integration } from '@devsphere/shared/contracts/http/integration.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { seal } from '@devsphere/shared/crypto/sealed-secret.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { join, signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { Receiver } from './receiver.ts';
import { type System, startSystem } from './start-system.ts';

const ownKey = 'sk-ant-own-key-of-ada-0123456789-abcd';
const platformKey = 'test';

let system: System;
let receiver: Receiver;
let ada: TestPerson;
let api: ApiClient;
let member: ApiClient;

beforeAll(async () => {
  system = await startSystem({ apiKeys: [platformKey, ownKey] });
  receiver = await Receiver.listen();
  ada = await signUp(system.db, 'ada');
  const max = await signUp(system.db, 'max');
  await join(system.db, max, ada.orgId, 'member');
  api = new ApiClient(system.api.url, await tokenOf(ada));
  member = new ApiClient(system.api.url, await tokenOf(max));
  await system.startWorker({
    plan: { delaysSeconds: [], failuresInARow: 9, failingSeconds: 9, errandDelaysSeconds: [0] },
  });
});
afterAll(async () => {
  await system.stop();
  await receiver.close();
});

const at = () => `/v1/orgs/${ada.orgId}/integrations`;

function integration(kind: string, state: Integration['state']): Promise<Integration> {
  return eventually(`${kind} ${state}`, async () => {
    const { body } = await api.call<{ integrations: Integration[] }>('GET', at());
    return body.integrations.find((each) => each.kind === kind && each.state === state);
  });
}

async function run(): Promise<TaskDetail> {
  const { body } = await api.submit(ada.orgId, {
    kind: 'assistant.prompt',
    input: { prompt: 'Say hello' },
  });
  return eventually('the end of the task', async () => {
    const task = await api.task(ada.orgId, body.id);
    return ['succeeded', 'failed'].includes(task.state) && task;
  });
}

async function paidBy(taskId: string): Promise<string[]> {
  const { rows } = await system.db.admin.query(
    `select c.paid_by as call, u.paid_by as entry from llm_calls c
     left join usage_entries u on u.llm_call_id = c.id where c.task_id = $1`,
    [taskId],
  );
  return rows.flatMap(({ call, entry }) => [call, entry]);
}

describe("an organisation's own Anthropic key", () => {
  test('is looked at by a worker, then pays for its calls, and is never seen again', async () => {
    expect(await paidBy((await run()).id)).toEqual(['platform', 'platform']);
    const { status, body } = await api.call('PUT', `${at()}/anthropic`, { key: ownKey });
    expect([status, body.state, body.hint]).toEqual([200, 'checking', '…abcd']);
    await integration('anthropic', 'working');
    const task = await run();
    expect(task.state).toBe('succeeded');
    expect(await paidBy(task.id)).toEqual(['organization', 'organization']);

    const everything = await system.db.admin.query(
      `select (select json_agg(j) from pgboss.job j)::text || (select json_agg(i) from integrations i)::text
         || (select json_agg(a) from audit_entries a)::text as text`,
    );
    expect(everything.rows[0].text).toContain('integration.connected');
    expect(everything.rows[0].text).not.toContain(ownKey.slice(4));
    expect(JSON.stringify((await api.call('GET', at())).body)).not.toContain(ownKey.slice(4));
  });

  test('that is refused in the middle of a task says so on the task, is marked, and nobody else pays instead', async () => {
    const { id } = await integration('anthropic', 'working');
    const place = { orgId: ada.orgId, id, kind: 'anthropic' };
    const revoked = seal(testSealing.sealingKey(), place, 'sk-ant-revoked-meanwhile');
    await system.db.admin.query(
      'update integrations set wrapped_key = $2, ciphertext = $3 where id = $1',
      [id, revoked.wrappedKey, revoked.ciphertext],
    );
    const task = await run();
    expect(task).toMatchObject({ state: 'failed', error: { code: 'own_key_refused' } });
    expect(task.error?.message).toMatch(/organisation's own key/);
    await integration('anthropic', 'broken');
    const next = await run();
    expect(next).toMatchObject({ state: 'failed', error: { code: 'own_key_refused' } });
    expect(await paidBy(next.id)).toEqual([]);

    await api.call('PUT', `${at()}/anthropic`, { key: 'sk-ant-a-key-that-is-wrong-9999' });
    const broken = await integration('anthropic', 'broken');
    expect(broken).toMatchObject({ hint: '…9999', stateReason: expect.stringMatching(/accept/) });
    expect((await api.call('DELETE', `${at()}/anthropic`)).status).toBe(204);
    expect((await run()).state).toBe('succeeded');
  });
});

describe('a chat', () => {
  test('is greeted, told of chosen events with a link, and broken when it refuses', async () => {
    const url = `${receiver.url}/services/T0/B0/secret`;
    await api.call('PUT', `${at()}/slack`, { url, events: ['task.succeeded'] });
    const connected = await integration('slack', 'working');
    expect(connected.hint).not.toContain('/services');
    const texts = () => receiver.received.map(({ body }) => JSON.parse(body).text as string);
    expect(texts()[0]).toMatch(/test message/);
    const task = await run();
    await eventually('the notification', () => texts().length === 2);
    expect(texts()[1]).toBe(`A task succeeded: ${task.title}`);

    receiver.answer = () => ({ status: 404, body: 'no_service' });
    await run();
    const broken = await integration('slack', 'broken');
    expect(broken.stateReason).toMatch(/404/);
    receiver.answer = () => ({ status: 200 });
    await api.call('POST', `${at()}/slack/tests`);
    await integration('slack', 'working');
    await api.call('PATCH', `${at()}/slack`, { events: ['task.failed'] });
    expect((await integration('slack', 'working')).events).toEqual(['task.failed']);
    expect((await api.call('DELETE', `${at()}/slack`)).status).toBe(204);
  });
});

test("integrations are an admin's: a member is refused, a stranger finds nothing, bad input names its field", async () => {
  const eve = new ApiClient(system.api.url, await tokenOf(await signUp(system.db, 'eve')));
  for (const [who, status] of [
    [member, 403],
    [eve, 404],
  ] as const) {
    expect((await who.call('GET', at())).status).toBe(status);
    expect((await who.call('PUT', `${at()}/anthropic`, { key: ownKey })).status).toBe(status);
    expect((await who.call('POST', `${at()}/anthropic/tests`)).status).toBe(status);
    expect((await who.call('DELETE', `${at()}/anthropic`)).status).toBe(status);
  }
  const { status, body } = await api.call<{ errors: Array<{ field: string }> }>(
    'PUT',
    `${at()}/anthropic`,
    { key: 'short' },
  );
  expect([status, body.errors[0]?.field]).toEqual([400, 'key']);
  expect((await api.call('POST', `${at()}/anthropic/tests`)).status).toBe(404);
});
