import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const good = { kind: 'assistant.prompt', input: { prompt: 'Hello' } };
let system: System;
let ada: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

const rows = async () =>
  (
    await system.db.admin.query(
      'select (select count(*) from tasks) + (select count(*) from pgboss.job) + (select count(*) from audit_entries) as n',
    )
  ).rows[0].n;

describe('bad input', () => {
  test.each<[string, number, string, unknown, Record<string, string>?]>([
    ['an unknown kind', 400, 'unknown_kind', { kind: 'no.such', input: {} }],
    ['a missing field', 400, 'invalid_request', { kind: 'assistant.prompt', input: {} }],
    ['an unknown field', 400, 'invalid_request', { ...good, surprise: true }],
    ['a body that is a list', 400, 'invalid_request', [1, 2]],
    ['invalid JSON', 400, 'invalid_json', '{"kind": '],
    [
      'an oversize body',
      413,
      'body_too_large',
      { kind: 'assistant.prompt', input: { prompt: 'x'.repeat(3_000_000) } },
    ],
    [
      'another content type',
      415,
      'unsupported_media_type',
      'kind=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    [
      'an endless idempotency key',
      400,
      'invalid_request',
      good,
      { 'idempotency-key': 'k'.repeat(201) },
    ],
  ])(
    '%s is answered with %i and writes nothing',
    async (_name, status, code, body, headers = {}) => {
      const before = await rows();
      const answer = await client.call('POST', `/v1/orgs/${ada.orgId}/tasks`, body, headers);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({
        status,
        code,
        title: expect.any(String),
        detail: expect.any(String),
      });
      expect(answer.body.instance).toBe(
        `urn:devsphere:request:${answer.headers.get('x-request-id')}`,
      );
      expect(await rows()).toBe(before);
    },
  );

  test.each([
    ['usage', 'to=0000-02-29', 400],
    ['usage/export', 'to=0000-02-29', 400],
    ['usage', 'from=0000-01-01', 400],
    ['usage', 'from=9999-01-01&to=9999-12-31', 200],
    ['audit-entries', 'from=0000-02-29T00:00:00Z', 200],
    ['audit-entries', 'to=9999-12-31T23:59:59Z', 200],
  ])('a date no calendar of ours has is no fault of ours: %s?%s', async (path, query, status) => {
    const answer = await client.call('GET', `/v1/orgs/${ada.orgId}/${path}?${query}`);
    expect(answer.status).toBe(status);
  });

  test('a problem names the field', async () => {
    const { body } = await client.call('POST', `/v1/orgs/${ada.orgId}/tasks`, {
      kind: 'code.review',
      input: { diff: 7 },
    });
    expect(body.errors).toEqual([{ field: 'input.diff', message: expect.any(String) }]);
  });

  test.each([
    ['no token', undefined],
    ['a token of another project', 'x'.repeat(40)],
    ['a stale token', 'stale'],
    ['nonsense', 'nonsense'],
  ])('%s is a 401', async (name, secret) => {
    const token =
      name === 'a stale token'
        ? await tokenOf(ada, -10)
        : name === 'nonsense'
          ? 'a.b.c'
          : await tokenOf(ada, 60, secret ?? 'y'.repeat(40));
    const headers = name === 'no token' ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${system.api.url}/v1/orgs/${ada.orgId}/tasks`, {
      headers: headers as Record<string, string>,
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
  });

  test('a token without a signature is a 401', async () => {
    const [, payload] = (await tokenOf(ada)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const response = await fetch(`${system.api.url}/v1/me`, {
      headers: { authorization: `Bearer ${header}.${payload}.` },
    });
    expect(response.status).toBe(401);
  });

  test("somebody else's organisation is a 404 and writes nothing", async () => {
    const other = await signUp(system.db, 'other');
    const before = await rows();
    const answer = await client.submit(other.orgId, good);
    expect(answer.status).toBe(404);
    expect(await rows()).toBe(before);
  });

  test('an idempotency key is honoured: same body the first task, other body a 409', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = await client.submit(ada.orgId, good, headers);
    const again = await client.submit(ada.orgId, good, headers);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.id).toBe(first.body.id);
    const before = await rows();
    const other = await client.submit(ada.orgId, { ...good, input: { prompt: 'Other' } }, headers);
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
    expect(await rows()).toBe(before);
  });

  test('a task is cancelled once; the second time is a 409', async () => {
    const { body } = await client.submit(ada.orgId, good);
    const cancel = () => client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${body.id}/cancellation`);
    expect((await cancel()).status).toBe(200);
    const before = await rows();
    const second = await cancel();
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: 'already_ended' });
    expect(await rows()).toBe(before);
  });

  test.each([
    ['GET', '/v1/nothing', 404],
    ['GET', `/v1/orgs/00000000-0000-0000-0000-000000000000/tasks`, 404],
    ['GET', '/v1/orgs/no-such-slug/tasks', 404],
    ['GET', '/v1/orgs/ORG/tasks/not-an-id', 404],
    ['GET', '/v1/orgs/ORG/tasks?limit=1000', 400],
    ['GET', '/v1/orgs/ORG/tasks?state=dreaming', 400],
    ['GET', '/v1/orgs/ORG/tasks?surprise=1', 400],
  ])('%s %s answers %i', async (method, path, status) => {
    expect((await client.call(method, path.replace('ORG', ada.orgId))).status).toBe(status);
  });
});

describe('the open part of the API', () => {
  test('health, readiness, the OpenAPI document and its reference answer without a token', async () => {
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs/']) {
      expect((await fetch(`${system.api.url}${path}`)).status).toBe(200);
    }
  });

  test('every reference of the OpenAPI document resolves', async () => {
    const document = (await (await fetch(`${system.api.url}/openapi.json`)).json()) as {
      components: { schemas: Record<string, unknown> };
    };
    const references = [
      ...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g),
    ].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(5);
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });
});
