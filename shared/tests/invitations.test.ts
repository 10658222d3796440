import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { acceptInvitation } from '../src/commands/accept-invitation.ts';
import { inviteMember } from '../src/commands/invite-member.ts';
import { resendInvitation } from '../src/commands/resend-invitation.ts';
import { revokeInvitation } from '../src/commands/revoke-invitation.ts';
import { asActor } from '../src/db/doors.ts';
import { invitationToken, tokenHash } from '../src/invitation-token.ts';
import { findInvitation } from '../src/queries/find-invitation.ts';
import { listInvitations } from '../src/queries/list-invitations.ts';
import { findOrganization } from '../src/queries/list-organizations.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
let owner: TestPerson;
let admin: TestPerson;
let viewer: TestPerson;
let stranger: TestPerson;
let orgId: string;
const secret = 'the-secret-of-links-in-this-test-0123456789';

beforeAll(async () => {
  db = await createTestDatabase();
  owner = await signUp(db, 'owner');
  [admin, viewer, stranger] = [
    await signUp(db, 'admin'),
    await signUp(db, 'viewer'),
    await signUp(db, 'stranger'),
  ];
  orgId = owner.orgId;
  await join(db, admin, orgId, 'admin');
  await join(db, viewer, orgId, 'viewer');
  await db.admin.query(`update organizations set plan = 'pro'`);
});
afterAll(() => db.close());

const as = (person: TestPerson) => contextOf(db, person);
const invite = (by: TestPerson, email: string, role: 'viewer' | 'member' | 'admin' | 'owner') =>
  inviteMember(as(by), { orgId, email, role });
/** Makes the link of an invitation, as the worker does when it sends the mail. */
async function linkOf(id: string): Promise<string> {
  const { rows } = await db.admin.query('select nonce from invitations where id = $1', [id]);
  const token = invitationToken(secret, { orgId, id, nonce: rows[0].nonce });
  await db.admin.query('update invitations set token_hash = $2 where id = $1', [
    id,
    tokenHash(token),
  ]);
  return token;
}
async function invited(role: 'viewer' | 'member' | 'admin' = 'member') {
  const person = await signUp(db, 'invited');
  const { id } = await invite(admin, person.email, role);
  return { person, id, token: await linkOf(id) };
}
const accept = (by: TestPerson, token: string) => acceptInvitation(as(by), { token });
const roleOf = async (person: TestPerson) =>
  (await findOrganization(db.database, person.actor, orgId)).role;

describe('an invitation', () => {
  test('lets the person in whom it was sent to, once, with its role', async () => {
    const { person, token, id } = await invited();
    expect(await accept(person, token)).toMatchObject({ orgId, role: 'member' });
    // Pressing twice is no error.
    expect(await accept(person, token)).toMatchObject({ orgId });
    const { rows } = await db.admin.query(
      `select action, actor_id from audit_entries where target_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { action: 'invitation.created', actor_id: admin.actor.userId },
      { action: 'invitation.accepted', actor_id: person.actor.userId },
    ]);
  });

  test('is nothing for anybody else, who learns only what the link itself says', async () => {
    const { token } = await invited();
    await expect(accept(stranger, token)).rejects.toMatchObject({ code: 'forbidden' });
    for (const guess of ['', 'x'.repeat(43), `${token}x`, "' or true --"])
      await expect(accept(stranger, guess)).rejects.toMatchObject({ code: 'not_found' });
    expect(await findInvitation(db.database, { type: 'visitor' }, 'x'.repeat(43))).toBeNull();
    await expect(roleOf(stranger)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['expired', `expires_at = now()`, 'expired'],
    ['revoked', `state = 'revoked', ended_at = now()`, 'taken back'],
    [
      'used by another account of the same address',
      `state = 'accepted', ended_at = now(), accepted_by = gen_random_uuid()`,
      'used',
    ],
  ])('that is %s lets nobody in, and says so', async (_what, change, word) => {
    const { person, token, id } = await invited();
    await db.admin.query(`update invitations set ${change} where id = $1`, [id]);
    await expect(accept(person, token)).rejects.toThrow(word);
    await expect(roleOf(person)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('taken back or sent again ends its link at once', async () => {
    const [one, two] = [await invited(), await invited()];
    await revokeInvitation(as(admin), { orgId, invitationId: one.id });
    await revokeInvitation(as(admin), { orgId, invitationId: one.id });
    await expect(accept(one.person, one.token)).rejects.toThrow('taken back');
    await resendInvitation(as(admin), { orgId, invitationId: two.id });
    await expect(accept(two.person, two.token)).rejects.toMatchObject({ code: 'not_found' });
    expect(await accept(two.person, await linkOf(two.id))).toMatchObject({ orgId });
  });

  test('is for one address: a second one at a time is refused, and so is a member', async () => {
    const { person } = await invited();
    await expect(invite(admin, person.email.toUpperCase(), 'member')).rejects.toMatchObject({
      fields: [{ field: 'email' }],
    });
    await expect(invite(admin, viewer.email, 'member')).rejects.toThrow('member already');
    await expect(invite(admin, 'not an address', 'member')).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('does not change the role of who has become a member meanwhile', async () => {
    const { person, token } = await invited('viewer');
    await join(db, person, orgId, 'admin');
    await accept(person, token);
    expect(await roleOf(person)).toBe('admin');
  });

  test('is made, sent again and taken back by admins, never above their own role', async () => {
    const { id } = await invited();
    await expect(invite(admin, 'above@example.test', 'owner')).rejects.toMatchObject({
      code: 'forbidden',
    });
    const target = { orgId, invitationId: id };
    for (const [person, code] of [
      [viewer, 'forbidden'],
      [stranger, 'not_found'],
    ] as const) {
      await expect(invite(person, 'x@example.test', 'viewer')).rejects.toMatchObject({ code });
      await expect(resendInvitation(as(person), target)).rejects.toMatchObject({ code });
      await expect(revokeInvitation(as(person), target)).rejects.toMatchObject({ code });
      const page = await listInvitations(db.database, person.actor, orgId, { limit: 10 });
      expect(page.invitations).toEqual([]);
    }
  });

  test('of a higher role is not sent again by an admin', async () => {
    const { id } = await invite(owner, 'chief@example.test', 'owner');
    await expect(resendInvitation(as(admin), { orgId, invitationId: id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('hides its nonce and hash even from who may read it', async () => {
    for (const column of ['nonce', 'token_hash'])
      await expect(
        asActor(db.database, owner.actor, (tx) => tx.query(`select ${column} from invitations`)),
      ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('seats', () => {
  test('are counted over members and open invitations together, also when many ask at once', async () => {
    const busy = await signUp(db, 'busy');
    const asBusy = (email: string) =>
      inviteMember(as(busy), { orgId: busy.orgId, email, role: 'member' });
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => asBusy(`seat-${n}@example.test`)),
    );
    // The free plan has five, and its owner has one.
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    const { invitations } = await listInvitations(db.database, busy.actor, busy.orgId, {
      limit: 10,
    });
    await revokeInvitation(as(busy), {
      orgId: busy.orgId,
      invitationId: invitations[0]?.id ?? '',
    });
    expect((await asBusy('next@example.test')).state).toBe('pending');
  });

  test('that are gone when somebody accepts are a clear refusal', async () => {
    const { person, token } = await invited();
    await db.admin.query(
      `insert into plans (plan, name, position, concurrent_tasks, event_retention_days, seats,
                          monthly_budget_nano_usd, waiting_tasks)
       values ('tiny', 'Tiny', 9, 1, 30, 1, 0, 100)`,
    );
    await db.admin.query(`update organizations set plan = 'tiny' where org_id = $1`, [orgId]);
    await expect(accept(person, token)).rejects.toThrow('Every seat');
    await db.admin.query(`update organizations set plan = 'pro' where org_id = $1`, [orgId]);
    expect(await accept(person, token)).toMatchObject({ orgId });
  });
});
