import type { Invitation, InvitationPage } from '@devsphere/shared/contracts/http/invitation.ts';
import type { MemberPage } from '@devsphere/shared/contracts/http/member.ts';
import type { Organization } from '@devsphere/shared/contracts/http/organization.ts';
import { join, signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let ada: TestPerson;
let bob: TestPerson;
let owner: ApiClient;
let member: ApiClient;
let stranger: ApiClient;
let orgId: string;
let base: string;

beforeAll(async () => {
  system = await startSystem();
  [ada, bob] = [await signUp(system.db, 'ada'), await signUp(system.db, 'bob')];
  const clientOf = async (person: TestPerson) =>
    new ApiClient(system.api.url, await tokenOf(person));
  [owner, member] = [await clientOf(ada), await clientOf(bob)];
  stranger = await clientOf(await signUp(system.db, 'eve'));
  const { body } = await owner.call<Organization>('POST', '/v1/orgs', {
    name: 'Acme',
    slug: 'acme',
  });
  orgId = body.orgId;
  base = `/v1/orgs/${orgId}`;
  await join(system.db, bob, orgId, 'member');
});
afterAll(() => system.stop());

const submit = (client: ApiClient) =>
  client.submit(orgId, { kind: 'assistant.prompt', input: { prompt: 'What is new?' } });

/** Opens an event stream and tells how long after `act` it ended. */
async function endsAfter(path: string, act: () => Promise<unknown>): Promise<number> {
  const response = await fetch(`${system.api.url}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(bob)}` },
  });
  expect(response.status).toBe(200);
  await act();
  const acted = performance.now();
  const reader = response.body?.getReader();
  // The API cuts the connection: how it looks to the reader depends on what was under way.
  while (
    await reader?.read().then(
      ({ done }) => !done,
      () => false,
    )
  );
  return performance.now() - acted;
}

describe('over HTTP', () => {
  test('an organisation is created, listed, read, renamed and moved', async () => {
    const made = { name: 'Widgets', slug: 'widgets' };
    const created = await owner.call<Organization>('POST', '/v1/orgs', made);
    expect([created.status, created.body.role]).toEqual([201, 'owner']);
    expect((await owner.call('POST', '/v1/orgs', made)).status).toBe(200);
    expect((await stranger.call('POST', '/v1/orgs', made)).status).toBe(409);
    const { body } = await owner.call<{ organizations: Organization[] }>('GET', '/v1/orgs');
    expect(body.organizations.map(({ slug }) => slug)).toContain('widgets');
    const moved = await owner.call('PATCH', '/v1/orgs/widgets', { slug: 'gadgets' });
    expect(moved.body).toMatchObject({ slug: 'gadgets', name: 'Widgets' });
    expect((await owner.call('GET', '/v1/orgs/widgets')).status).toBe(404);
    expect((await owner.call('GET', '/v1/orgs/gadgets')).status).toBe(200);
  });

  test.each([
    ['a reserved address', { name: 'A', slug: 'sign-in' }, 'slug'],
    ['a name of a megabyte', { name: 'x'.repeat(1_000_000), slug: 'a' }, 'name'],
    ['an unknown field', { name: 'A', slug: 'a', plan: 'scale' }, '(body)'],
  ])('%s is a problem that names its field', async (_what, bad, field) => {
    const { status, body } = await owner.call('POST', '/v1/orgs', bad);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
  });

  test('a stranger gets 404 everywhere, and changes nothing', async () => {
    for (const [method, path, sent] of [
      ['GET', base],
      ['PATCH', base, { name: 'Mine' }],
      ['GET', `${base}/members`],
      ['PATCH', `${base}/members/${bob.actor.userId}`, { role: 'viewer' }],
      ['DELETE', `${base}/members/${bob.actor.userId}`],
      ['DELETE', `${base}/members/me`],
      ['DELETE', `${base}/members/not-an-id`],
      ['GET', `${base}/invitations`],
      ['POST', `${base}/invitations`, { email: 'eve@example.test', role: 'viewer' }],
      ['POST', `${base}/invitations/${orgId}/mails`],
      ['DELETE', `${base}/invitations/${orgId}`],
      ['POST', '/v1/invitations/acceptance', { token: 'x'.repeat(43) }],
      ['POST', `${base}/exports`],
      ['GET', `${base}/exports`],
      ['GET', `${base}/exports/${orgId}`],
      ['GET', `${base}/exports/${orgId}/content`],
      ['DELETE', base, { slug: 'acme' }],
    ] as const) {
      const { status } = await stranger.call(method, path, sent);
      expect({ method, path, status }).toEqual({ method, path, status: 404 });
    }
    const { body } = await owner.call<MemberPage>('GET', `${base}/members`);
    expect(body.members.map(({ role }) => role)).toEqual(['owner', 'member']);
  });

  test('an invitation is made, listed and taken back; another for the same address is a conflict', async () => {
    const path = `${base}/invitations`;
    const wanted = { email: 'New@Example.test', role: 'member' };
    const made = await owner.call<Invitation>('POST', path, wanted);
    expect([made.status, made.body.email, made.body.state]).toEqual([
      201,
      'new@example.test',
      'pending',
    ]);
    expect((await owner.call('POST', path, wanted)).status).toBe(409);
    expect((await member.call('POST', path, wanted)).status).toBe(403);
    const { body } = await owner.call<InvitationPage>('GET', path);
    expect(body.invitations).toEqual([made.body]);
    expect((await owner.call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    const { body: after } = await owner.call<InvitationPage>('GET', path);
    expect(after.invitations).toEqual([]);
    expect((await owner.call('POST', `${path}/${made.body.id}/mails`)).status).toBe(409);
  });

  test('promoting oneself and demoting the last owner are refused with a reason', async () => {
    const self = await member.call('PATCH', `${base}/members/me`, { role: 'owner' });
    expect([self.status, self.body.code]).toEqual([403, 'forbidden']);
    const last = await owner.call('PATCH', `${base}/members/me`, { role: 'viewer' });
    expect([last.status, last.body.code]).toEqual([409, 'conflict']);
    expect((await owner.call('DELETE', `${base}/members/me`)).status).toBe(409);
  });
});

describe('a change of who may do what', () => {
  const path = () => `${base}/members/${bob.actor.userId}`;

  test('counts on the next request', async () => {
    expect((await submit(member)).status).toBe(201);
    await owner.call('PATCH', path(), { role: 'viewer' });
    expect((await submit(member)).status).toBe(403);
    await owner.call('PATCH', path(), { role: 'member' });
    expect((await submit(member)).status).toBe(201);
  });

  test('ends the open event streams of who was removed, within 5 seconds', async () => {
    const { body: task } = await submit(owner);
    for (const stream of [`${base}/tasks/${task.id}/events`, `${base}/events`]) {
      await join(system.db, bob, orgId, 'member');
      const took = await endsAfter(stream, () => owner.call('DELETE', path()));
      expect(took).toBeLessThan(5_000);
      expect((await member.call('GET', base)).status).toBe(404);
    }
  }, 20_000);

  test('ends them also when the notification of it is lost', async () => {
    await join(system.db, bob, orgId, 'member');
    const { body: task } = await submit(owner);
    const took = await endsAfter(`${base}/tasks/${task.id}/events`, () =>
      system.db.admin.query('delete from memberships where user_id = $1 and org_id = $2', [
        bob.actor.userId,
        orgId,
      ]),
    );
    expect(took).toBeLessThan(5_000);
  }, 20_000);
});
