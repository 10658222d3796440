import type { ApiKeyPage, NewApiKey } from '@devsphere/shared/contracts/http/api-key.ts';
import type { ApiKeyScope } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { join, signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const prompt = { kind: 'assistant.prompt', input: { prompt: 'Hello' } };
let system: System;
let ada: TestPerson;
let eve: TestPerson;
let person: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  eve = await signUp(system.db, 'eve');
  person = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

const program = (token: string) => new ApiClient(system.api.url, token);
const keysPath = () => `/v1/orgs/${ada.orgId}/api-keys`;

async function makeKey(body: Record<string, unknown> = {}): Promise<NewApiKey> {
  const { status, body: made } = await person.call<NewApiKey>('POST', keysPath(), {
    name: 'build',
    scopes: ['tasks.read', 'tasks.submit'],
    ...body,
  });
  expect(status).toBe(201);
  return made;
}

describe('a program with a key', () => {
  test('submits, reads, lists, watches and cancels tasks of its organisation, which are audited as its own', async () => {
    const { token, apiKey } = await makeKey();
    const client = program(token);
    const submitted = await client.submit(ada.orgId, prompt);
    expect(submitted.status).toBe(201);
    expect(submitted.body).toMatchObject({ createdBy: null, createdByKey: apiKey.id });
    const { id } = submitted.body;
    expect((await client.task(ada.slug, id)).input.prompt).toContain(prompt.input.prompt);
    const list = await client.call<{ tasks: Array<{ id: string }> }>(
      'GET',
      `/v1/orgs/${ada.slug}/tasks`,
    );
    expect(list.body.tasks.map((task) => task.id)).toContain(id);
    const cancelled = await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${id}/cancellation`);
    expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    const events = await client.events(ada.orgId, id);
    expect(events.at(-1)?.type).toBe('task.ended');
    expect((await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${id}/retries`)).status).toBe(
      202,
    );
    const { rows } = await system.db.admin.query(
      'select action, actor_type, actor_id from audit_entries where target_id = $1 order by id',
      [id],
    );
    expect(rows).toEqual(
      ['task.submitted', 'task.cancelled', 'task.retried'].map((action) => ({
        action,
        actor_type: 'api_key',
        actor_id: apiKey.id,
      })),
    );
  });

  test('the same idempotency key gets the first answer', async () => {
    const client = program((await makeKey()).token);
    const headers = { 'idempotency-key': 'once' };
    const first = await client.submit(ada.orgId, prompt, headers);
    const second = await client.submit(ada.orgId, prompt, headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.id).toBe(first.body.id);
  });

  test.each<[ApiKeyScope, string[]]>([
    ['tasks.read', ['tasks', 'events']],
    ['schedules.read', ['schedules']],
    ['usage.read', ['usage', 'usage/export', 'budget']],
  ])('with the scope %s alone may read %j, and nothing else', async (scope, opened) => {
    const { token } = await makeKey({ scopes: [scope] });
    const readable = ['tasks', 'events', 'schedules', 'usage', 'usage/export', 'budget'];
    const forPeople = ['', '/members', '/invitations', '/audit-entries', '/webhooks', '/api-keys'];
    for (const path of [...readable.map((name) => `/${name}`), ...forPeople]) {
      const answer = await fetch(`${system.api.url}/v1/orgs/${ada.slug}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      await answer.body?.cancel();
      const expected = opened.includes(path.slice(1)) ? 200 : 403;
      expect({ path, status: answer.status }).toEqual({ path, status: expected });
    }
  });

  test('is told which key it came with', async () => {
    const { token, apiKey } = await makeKey({ name: 'nightly' });
    const { body } = await program(token).call('GET', '/v1/me');
    expect(body).toMatchObject({
      apiKey: { id: apiKey.id, name: 'nightly', scopes: ['tasks.read', 'tasks.submit'] },
      organizations: [{ orgId: ada.orgId, slug: ada.slug }],
    });
  });

  test('without a scope is told which one it needs, and nothing is written', async () => {
    const reader = program((await makeKey({ scopes: ['tasks.read'] })).token);
    const refused = await reader.submit(ada.orgId, prompt);
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(JSON.stringify(refused.body)).toContain('tasks.submit');
    const schedules = await reader.call('GET', `/v1/orgs/${ada.orgId}/schedules`);
    expect(schedules).toMatchObject({ status: 403 });
  });

  test('with the scope to submit can read what it submitted', async () => {
    const { token, apiKey } = await makeKey({ scopes: ['tasks.submit'] });
    expect(apiKey.scopes).toEqual(['tasks.read', 'tasks.submit']);
    const { status, body } = await program(token).submit(ada.orgId, prompt);
    expect(status).toBe(201);
    expect((await program(token).task(ada.orgId, body.id)).id).toBe(body.id);
  });

  test("finds nothing in another organisation, whose tasks it can't submit either", async () => {
    const client = program((await makeKey()).token);
    expect((await client.submit(eve.orgId, prompt)).status).toBe(404);
    expect((await client.call('GET', `/v1/orgs/${eve.orgId}/tasks`)).status).toBe(404);
    expect((await client.call('GET', `/v1/orgs/${eve.slug}/tasks`)).status).toBe(404);
  });

  test('never manages keys, schedules or anything that needs a person', async () => {
    const client = program((await makeKey()).token);
    for (const [method, path, body] of [
      ['GET', keysPath()],
      ['POST', keysPath(), { name: 'more', scopes: ['tasks.read'] }],
      ['POST', `/v1/orgs/${ada.orgId}/schedules`, {}],
    ] as const)
      expect((await client.call(method, path, body)).status).toBe(403);
  });
});

describe('a key that may not be used', () => {
  test.each([
    ['misspelled', (token: string) => `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`],
    ['cut off', (token: string) => token.slice(0, -4)],
    ['with more behind it', (token: string) => `${token}x`],
  ])('%s is refused without asking the database', async (_name, spoil) => {
    const { token } = await makeKey();
    const answer = await program(spoil(token)).call('GET', '/v1/me');
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(String(answer.body.detail)).toContain('Copy it again');
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  });

  test('is refused from the next request on when it is revoked, and its open stream ends within 5 seconds', async () => {
    const { token, apiKey } = await makeKey();
    const client = program(token);
    const { body: task } = await client.submit(ada.orgId, {
      ...prompt,
      runAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const streams = ['tasks/'.concat(task.id, '/events'), 'events'].map((path) =>
      fetch(`${system.api.url}/v1/orgs/${ada.orgId}/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    const open = await Promise.all(streams);
    expect(open.map(({ status }) => status)).toEqual([200, 200]);
    const ended = Promise.allSettled(open.map((response) => response.text()));
    const revoked = await person.call('POST', `${keysPath()}/${apiKey.id}/revocation`);
    expect(revoked.body).toMatchObject({ state: 'revoked' });
    const began = performance.now();
    expect((await client.call('GET', '/v1/me')).status).toBe(401);
    await ended;
    expect(performance.now() - began).toBeLessThan(5_000);
    // Revoking again changes nothing.
    expect((await person.call('POST', `${keysPath()}/${apiKey.id}/revocation`)).status).toBe(200);
  });

  test('is refused when it has expired, saying so', async () => {
    const { token, apiKey } = await makeKey({
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    expect((await program(token).call('GET', '/v1/me')).status).toBe(200);
    await system.db.admin.query('update api_keys set expires_at = now() where id = $1', [
      apiKey.id,
    ]);
    const answer = await program(token).call('GET', '/v1/me');
    expect(answer.status).toBe(401);
    expect(String(answer.body.detail)).toContain('expired');
  });

  test('says nothing about itself in an error or a list', async () => {
    const { token } = await makeKey();
    const list = await person.call<ApiKeyPage>('GET', keysPath());
    const secret = token.slice(17);
    expect(JSON.stringify(list.body)).not.toContain(secret);
    expect(JSON.stringify((await program(`${token}x`).call('GET', '/v1/me')).body)).not.toContain(
      secret,
    );
  });
});

describe('rotating', () => {
  test('lets both keys work for the overlap, then only the new one', async () => {
    const { token, apiKey } = await makeKey();
    const path = `${keysPath()}/${apiKey.id}`;
    const rotated = await person.call<NewApiKey>('POST', `${path}/rotations`, { overlapHours: 2 });
    expect(rotated.status).toBe(201);
    expect(rotated.body.apiKey).toMatchObject({ name: apiKey.name, scopes: apiKey.scopes });
    const both = [token, rotated.body.token];
    for (const each of both) expect((await program(each).call('GET', '/v1/me')).status).toBe(200);
    const again = await person.call('POST', `${path}/rotations`, {});
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await system.db.admin.query('update api_keys set overlap_ends_at = now() where id = $1', [
      apiKey.id,
    ]);
    const old = await program(token).call('GET', '/v1/me');
    expect(old.status).toBe(401);
    expect(String(old.body.detail)).toContain('replaced');
    expect((await program(rotated.body.token).call('GET', '/v1/me')).status).toBe(200);
  });

  test('without an overlap ends the old key at once', async () => {
    const { token, apiKey } = await makeKey();
    await person.call('POST', `${keysPath()}/${apiKey.id}/rotations`, { overlapHours: 0 });
    expect((await program(token).call('GET', '/v1/me')).status).toBe(401);
  });
});

describe('who manages keys', () => {
  test('is an admin: a member is told so, a stranger finds no organisation', async () => {
    const bob = await signUp(system.db, 'bob');
    await join(system.db, bob, ada.orgId, 'member');
    const { apiKey } = await makeKey();
    const wanted = { name: 'x', scopes: ['tasks.read'] };
    for (const [who, status] of [
      [bob, 403],
      [eve, 404],
    ] as const) {
      const client = new ApiClient(system.api.url, await tokenOf(who));
      const answers = await Promise.all([
        client.call('POST', keysPath(), wanted),
        client.call('GET', keysPath()),
        client.call('GET', `${keysPath()}/${apiKey.id}`),
        client.call('POST', `${keysPath()}/${apiKey.id}/rotations`, {}),
        client.call('POST', `${keysPath()}/${apiKey.id}/revocation`),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(status));
    }
  });

  test.each([
    ['no name', { name: ' ' }, 'name'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['an unknown scope', { scopes: ['members.manage'] }, 'scopes.0'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('is told about %s, and no key is made', async (_name, change, field) => {
    const count = async () =>
      (await system.db.admin.query('select count(*)::int as n from api_keys')).rows[0].n;
    const before = await count();
    const answer = await person.call<{ errors: Array<{ field: string }> }>('POST', keysPath(), {
      name: 'x',
      scopes: ['tasks.read'],
      ...change,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]?.field).toBe(field);
    expect(await count()).toBe(before);
  });

  test('makes one key for one idempotency key', async () => {
    const headers = { 'idempotency-key': 'make-one' };
    const wanted = { name: 'x', scopes: ['tasks.read'] };
    const first = await person.call('POST', keysPath(), wanted, headers);
    const second = await person.call('POST', keysPath(), wanted, headers);
    expect([first.status, second.status]).toEqual([201, 409]);
  });

  test('sees when a key was last used, to the minute', async () => {
    const { token, apiKey } = await makeKey();
    expect(apiKey.lastUsedAt).toBeNull();
    const client = program(token);
    await client.call('GET', '/v1/me');
    const read = async () =>
      (await person.call<{ lastUsedAt: string }>('GET', `${keysPath()}/${apiKey.id}`)).body
        .lastUsedAt;
    const first = await eventually('a first use', async () => (await read()) ?? undefined);
    await client.call('GET', '/v1/me');
    expect(await read()).toBe(first);
  });
});
