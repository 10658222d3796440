import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isWellFormedApiKey, mintApiKeyToken } from '../src/auth/api-key-token.ts';
import { verifyApiKey } from '../src/auth/verify-api-key.ts';
import type { ApiKey } from '../src/commands/command-context.ts';
import { createApiKey } from '../src/commands/create-api-key.ts';
import { revokeApiKey } from '../src/commands/revoke-api-key.ts';
import { submitTask } from '../src/commands/submit-task.ts';
import { apiKeyScopeNames } from '../src/contracts/http/api-key-scopes.ts';
import type { Actor } from '../src/db/actor.ts';
import { asActor } from '../src/db/doors.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
let ada: TestPerson;
let eve: TestPerson;
let key: ApiKey;
const readable = [
  'organizations',
  'tasks',
  'task_attempts',
  'task_events',
  'task_steps',
  'artifacts',
  'schedules',
  'schedule_runs',
  'llm_calls',
  'usage_entries',
  'usage_days',
];

async function makeKey(owner: TestPerson, scopes = [...apiKeyScopeNames]): Promise<ApiKey> {
  const { token } = await createApiKey(contextOf(db, owner), {
    orgId: owner.orgId,
    name: 'program',
    scopes,
    idempotencyKey: null,
  });
  return (await verifyApiKey(db.database, token)).actor;
}

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  eve = await signUp(db, 'eve');
  for (const owner of [ada, eve])
    await submitTask(contextOf(db, owner), {
      kind: 'assistant.prompt',
      input: { prompt: 'secret' },
      orgId: owner.orgId,
      idempotencyKey: null,
    });
  key = await makeKey(ada);
});
afterAll(() => db.close());

const run = async <T extends Record<string, unknown>>(
  actor: Actor,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> => (await asActor(db.database, actor, (tx) => tx.query<T>(sql, values))).rows;

const tasksSeen = async (actor: Actor) =>
  (await run<{ org_id: string }>(actor, 'select distinct org_id from tasks')).map(
    ({ org_id }) => org_id,
  );

describe('a key under row-level security', () => {
  test('sees its own organisation and no other', async () => {
    expect(await tasksSeen(key)).toEqual([ada.orgId]);
    for (const table of readable)
      expect(await run(key, `select 1 from ${table} where org_id = $1`, [eve.orgId])).toEqual([]);
  });

  test.each<[string, () => Actor]>([
    [
      'the id of a key that does not exist',
      () => ({ ...key, keyId: '00000000-0000-4000-8000-000000000000' }),
    ],
    ["another organisation's id", () => ({ ...key, orgId: eve.orgId })],
    ['no key at all', () => ({ type: 'unknown_key' })],
  ])('with %s in its claims sees nothing', async (_name, actor) => {
    for (const table of readable) expect(await run(actor(), `select 1 from ${table}`)).toEqual([]);
  });

  test('has the scopes of its row, whatever its claims say', async () => {
    const reader = await makeKey(ada, ['tasks.read']);
    const scopesInClaims = async (table: string) =>
      asActor(db.database, reader, async (tx) => {
        await tx.query(
          `select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)`,
          [
            JSON.stringify({
              sub: ada.actor.userId,
              org_id: ada.orgId,
              key_id: reader.keyId,
              scopes: apiKeyScopeNames,
            }),
            ada.actor.userId,
          ],
        );
        return (await tx.query(`select 1 from ${table}`)).rowCount;
      });
    expect(await scopesInClaims('tasks')).toBe(1);
    await db.admin.query(
      `insert into usage_days (org_id, day, kind, model, simulated, calls, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd)
       values ($1, '2026-01-01', 'k', 'm', true, 1, 1, 0, 0, 1, 1)`,
      [ada.orgId],
    );
    expect(await scopesInClaims('usage_days')).toBe(0);
    expect(await run(key, 'select 1 from usage_days')).toHaveLength(1);
  });

  test('loses everything with the statement after it is revoked', async () => {
    const doomed = await makeKey(ada);
    expect(await tasksSeen(doomed)).toEqual([ada.orgId]);
    await revokeApiKey(contextOf(db, ada), { orgId: ada.orgId, apiKeyId: doomed.keyId });
    expect(await tasksSeen(doomed)).toEqual([]);
  });

  test.each([
    ['a person', (by: ApiKey) => [ada.actor.userId, null, by]],
    ['another key', () => [null, '00000000-0000-4000-8000-000000000000']],
    ['nobody', () => [null, null]],
  ])("can't submit a task as %s", async (_name, authors) => {
    const [createdBy, createdByKey] = authors(key);
    await expect(
      run(
        key,
        `insert into tasks (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, request_hash, created_by, created_by_key)
         values ($1, gen_random_uuid(), 'a.b', 't', 'queued', '{}', 1, 'q', gen_random_uuid(), 'h', $2, $3)`,
        [ada.orgId, createdBy, createdByKey],
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test("can't write an audit entry in anybody else's name", async () => {
    for (const [type, id] of [
      ['person', ada.actor.userId],
      ['api_key', ada.actor.userId],
      ['system', null],
    ])
      await expect(
        run(
          key,
          `insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id)
           values ($1, gen_random_uuid(), $2, $3, 'task.submitted', 'task', gen_random_uuid())`,
          [ada.orgId, type, id],
        ),
      ).rejects.toMatchObject({ code: '42501' });
  });

  test.each([
    'select secret_hash from api_keys',
    'select 1 from memberships',
    'select 1 from profiles',
    'select 1 from audit_entries',
    'select 1 from pgboss.job',
    `update api_keys set revoked_at = null`,
    `delete from tasks`,
    `update organizations set name = 'x'`,
  ])('is refused: %s', async (sql) => {
    await expect(run(key, sql)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('people and keys', () => {
  test('nobody reads a stored hash, and members see no keys', async () => {
    await expect(run(ada.actor, 'select secret_hash from api_keys')).rejects.toMatchObject({
      code: '42501',
    });
    const bob = await signUp(db, 'bob');
    await join(db, bob, ada.orgId, 'member');
    expect(await run(bob.actor, 'select id from api_keys')).toEqual([]);
    expect(await run(eve.actor, 'select id from api_keys')).toEqual([]);
  });

  test('a key outlives the role of whoever made it', async () => {
    const carol = await signUp(db, 'carol');
    await join(db, carol, ada.orgId, 'admin');
    const hers = await makeKey({ ...carol, orgId: ada.orgId });
    await db.admin.query('delete from memberships where org_id = $1 and user_id = $2', [
      ada.orgId,
      carol.actor.userId,
    ]);
    expect(await tasksSeen(hers)).toEqual([ada.orgId]);
  });

  test('a revoked key stays revoked, whoever asks', async () => {
    const doomed = await makeKey(ada);
    await revokeApiKey(contextOf(db, ada), { orgId: ada.orgId, apiKeyId: doomed.keyId });
    await run(ada.actor, 'update api_keys set revoked_at = null, revoked_by = null where id = $1', [
      doomed.keyId,
    ]);
    expect(await tasksSeen(doomed)).toEqual([]);
  });

  test('a scope that the database gives a higher role is refused to who lacks it', async () => {
    const dave = await signUp(db, 'dave');
    await join(db, dave, ada.orgId, 'admin');
    await db.admin.query(
      `update app.permissions set min_role = 'owner' where permission = 'usage.read'`,
    );
    try {
      await expect(makeKey({ ...dave, orgId: ada.orgId }, ['usage.read'])).rejects.toMatchObject({
        code: 'forbidden',
      });
      await makeKey({ ...dave, orgId: ada.orgId }, ['tasks.read']);
    } finally {
      await db.admin.query(
        `update app.permissions set min_role = 'viewer' where permission = 'usage.read'`,
      );
    }
  });
});

describe('the spelling of keys', () => {
  test('no two are alike, and one changed character is noticed', () => {
    const tokens = Array.from({ length: 200 }, () => mintApiKeyToken().token);
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) {
      expect(isWellFormedApiKey(token)).toBe(true);
      const place = 8 + (token.charCodeAt(20) % (token.length - 8));
      const other = token[place] === 'a' ? 'b' : 'a';
      expect(isWellFormedApiKey(token.slice(0, place) + other + token.slice(place + 1))).toBe(
        false,
      );
    }
  });
});
