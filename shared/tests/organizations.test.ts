import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MemberRole } from '../src/access/permissions.ts';
import { changeMemberRole } from '../src/commands/change-member-role.ts';
import { createOrganization } from '../src/commands/create-organization.ts';
import { editOrganization } from '../src/commands/edit-organization.ts';
import { removeMember } from '../src/commands/remove-member.ts';
import { asActor } from '../src/db/doors.ts';
import { listMembers } from '../src/queries/list-members.ts';
import { findOrganization } from '../src/queries/list-organizations.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
const people: Record<MemberRole | 'stranger', TestPerson> = {} as never;
let orgId: string;
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  for (const name of ['owner', 'admin', 'member', 'viewer', 'stranger'] as const)
    people[name] = await signUp(db, name);
});
afterAll(() => db.close());

const as = (person: TestPerson) => contextOf(db, person);
const create = (person: TestPerson, slug: string, name = 'Acme') =>
  createOrganization(as(person), { name, slug });
const change = (by: TestPerson, of: TestPerson, role: MemberRole) =>
  changeMemberRole(as(by), { orgId, userId: of.actor.userId, role });
const remove = (by: TestPerson, of: TestPerson) =>
  removeMember(as(by), { orgId, userId: of.actor.userId });
const roles = async () => {
  const { rows } = await db.admin.query('select user_id, role from memberships where org_id = $1', [
    orgId,
  ]);
  return new Map(rows.map(({ user_id, role }) => [user_id as string, role as MemberRole]));
};
const audited = async () =>
  (
    await db.admin.query(
      'select action, detail, before, after from audit_entries where org_id = $1 order by id desc limit 1',
      [orgId],
    )
  ).rows[0];

/** A new organisation with one person of each role. */
async function staffed(): Promise<void> {
  counter += 1;
  orgId = (await create(people.owner, `staffed-${counter}`)).organization.orgId;
  for (const role of ['admin', 'member', 'viewer'] as const)
    await join(db, people[role], orgId, role);
}

describe('an organisation', () => {
  test('belongs to whoever creates it, who finds it by its address, and nobody else does', async () => {
    const { organization, created } = await create(people.owner, 'first');
    expect([organization.role, organization.plan, created]).toEqual(['owner', 'free', true]);
    expect((await create(people.owner, 'first')).created).toBe(false);
    await expect(findOrganization(db.database, people.stranger.actor, 'first')).rejects.toThrow(
      'no such organisation',
    );
  });

  test.each(['sign-in', 'new', 'Ünicode', '-a', 'a'.repeat(49), 'a b', ''])(
    'can not have the address %j',
    async (slug) => {
      await expect(create(people.owner, slug)).rejects.toMatchObject({
        code: 'invalid_request',
        fields: [{ field: 'slug' }],
      });
    },
  );

  test('is refused a name of 10 MB, one with control characters, and an address somebody has', async () => {
    for (const name of ['x'.repeat(10_000_000), 'a\u0000b', ' '])
      await expect(create(people.owner, 'named', name)).rejects.toMatchObject({
        fields: [{ field: 'name' }],
      });
    await create(people.owner, 'mine');
    await expect(create(people.stranger, 'mine')).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ field: 'slug' }],
    });
  });

  test('is renamed and moved by admins, each recorded with before and after, and by nobody below', async () => {
    await staffed();
    const edit = (by: TestPerson, body: object) => editOrganization(as(by), { orgId, ...body });
    const moved = await edit(people.admin, { name: 'Acme Ltd', slug: `acme-${counter}` });
    expect(moved).toMatchObject({ name: 'Acme Ltd', slug: `acme-${counter}` });
    expect(await audited()).toMatchObject({
      action: 'organization.edited',
      before: { name: 'Acme', slug: `staffed-${counter}` },
      after: { name: 'Acme Ltd', slug: `acme-${counter}` },
    });
    for (const by of [people.member, people.viewer])
      await expect(edit(by, { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(edit(people.stranger, { name: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(edit(people.admin, { slug: people.stranger.slug })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('can not change its plan, even by a statement of its owner', async () => {
    await staffed();
    await expect(
      asActor(db.database, people.owner.actor, (tx) =>
        tx.query(`update organizations set plan = 'scale'`),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('is one of at most 50 that a person owns', async () => {
    const busy = await signUp(db, 'busy');
    for (let n = 1; n < 50; n += 1) await create(busy, `busy-${n}`);
    await expect(create(busy, 'busy-50')).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a role', () => {
  test('is given by admins up to their own, by owners all, and it is recorded', async () => {
    await staffed();
    await change(people.admin, people.viewer, 'admin');
    await change(people.owner, people.viewer, 'owner');
    expect((await roles()).get(people.viewer.actor.userId)).toBe('owner');
    expect(await audited()).toMatchObject({
      action: 'member.role_changed',
      before: { role: 'admin' },
      after: { role: 'owner' },
    });
  });

  test('is never above that of whoever gives it: nobody promotes themselves, nobody demotes upwards', async () => {
    await staffed();
    const before = await roles();
    for (const [by, of, role] of [
      [people.admin, people.admin, 'owner'],
      [people.admin, people.member, 'owner'],
      [people.admin, people.owner, 'viewer'],
      [people.member, people.member, 'admin'],
      [people.member, people.viewer, 'member'],
      [people.viewer, people.viewer, 'owner'],
    ] as const)
      await expect(change(by, of, role)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(change(people.stranger, people.owner, 'viewer')).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(change(people.owner, people.stranger, 'viewer')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await roles()).toEqual(before);
  });

  test('of the last owner stays, and the last owner too', async () => {
    await staffed();
    await expect(change(people.owner, people.owner, 'admin')).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(remove(people.owner, people.owner)).rejects.toMatchObject({ code: 'conflict' });
    expect((await audited()).action).toBe('organization.created');
  });

  test('of two owners who demote or leave at the same moment, one stays an owner', async () => {
    for (let round = 0; round < 5; round += 1) {
      await staffed();
      await change(people.owner, people.admin, 'owner');
      const [a, b] = await Promise.allSettled([
        change(people.owner, people.owner, 'viewer'),
        remove(people.admin, people.admin),
      ]);
      expect([a.status, b.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect([...(await roles()).values()].filter((role) => role === 'owner')).toHaveLength(1);
    }
  });
});

describe('members', () => {
  test('leave by themselves whatever their role, and the organisation is gone for them', async () => {
    await staffed();
    await remove(people.viewer, people.viewer);
    expect(await audited()).toMatchObject({ action: 'member.left', detail: { role: 'viewer' } });
    await expect(findOrganization(db.database, people.viewer.actor, orgId)).rejects.toThrow();
  });

  test('are removed by admins, but no owner is, and nobody else removes anybody', async () => {
    await staffed();
    for (const [by, of] of [
      [people.member, people.viewer],
      [people.admin, people.owner],
    ] as const)
      await expect(remove(by, of)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(people.stranger, people.viewer)).rejects.toMatchObject({
      code: 'not_found',
    });
    await remove(people.admin, people.member);
    expect([...(await roles()).values()].sort()).toEqual(['admin', 'owner', 'viewer']);
  });

  test('are listed page by page in the order they joined, each once', async () => {
    await staffed();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listMembers(db.database, people.viewer.actor, orgId, { after, limit: 3 });
      seen.push(...page.members.map(({ userId }) => userId));
      after = page.nextCursor ?? undefined;
    } while (after);
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set((await roles()).keys()));
    const hidden = { after: undefined, limit: 3 };
    expect(await listMembers(db.database, people.stranger.actor, orgId, hidden)).toEqual({
      members: [],
      nextCursor: null,
    });
  });
});
