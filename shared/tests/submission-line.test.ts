import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { submitTask } from '../src/commands/submit-task.ts';
import { submitTasks } from '../src/commands/submit-tasks.ts';
import { asEach } from '../src/db/doors.ts';
import { contextOf, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
let ada: TestPerson;
let bob: TestPerson;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  bob = await signUp(db, 'bob');
});
afterAll(() => db.close());

const submit = (person: TestPerson, orgId: string, key: string | null = null, prompt = 'Hello') =>
  submitTask(contextOf(db, person), {
    kind: 'assistant.prompt',
    input: { prompt },
    orgId,
    idempotencyKey: key,
  });
const transactionsOf = async (ids: string[]): Promise<number> => {
  const { rows } = await db.admin.query(
    'select count(distinct xmin::text)::int as transactions from tasks where id = any($1)',
    [ids],
  );
  return rows[0].transactions;
};

test('submissions of several people at one time share a commit, and each is its own person’s', async () => {
  const people = [ada, bob, ada, bob, ada];
  const submitted = await Promise.all(people.map((person) => submit(person, person.orgId)));
  expect(await transactionsOf(submitted.map(({ task }) => task.id))).toBe(1);
  const { rows } = await db.admin.query(
    `select t.org_id, t.created_by, a.org_id as audited, a.actor_id, j.data ->> 'orgId' as queued, j.group_id
     from unnest($1::uuid[]) with ordinality as wanted (id, position)
     join tasks t on t.id = wanted.id
     join audit_entries a on a.target_id = t.id
     join pgboss.job j on j.id = t.job_id order by position`,
    [submitted.map(({ task }) => task.id)],
  );
  expect(rows).toEqual(
    people.map(({ orgId, actor }) => ({
      org_id: orgId,
      created_by: actor.userId,
      audited: orgId,
      actor_id: actor.userId,
      queued: orgId,
      group_id: orgId,
    })),
  );
});

test('what one does wrong only that one hears of, and the others are submitted once', async () => {
  await submit(ada, ada.orgId, 'taken', 'first');
  const results = await Promise.allSettled([
    submit(ada, ada.orgId, 'fine'),
    submit(bob, ada.orgId, 'foreign'),
    submit(ada, ada.orgId, 'taken', 'another'),
    submit(ada, ada.orgId, 'taken', 'first'),
    submit(bob, bob.orgId, 'fine'),
  ]);
  expect(results).toMatchObject([
    { value: { created: true } },
    { reason: { code: 'not_found' } },
    { reason: { code: 'idempotency_key_reused' } },
    { value: { created: false } },
    { value: { created: true } },
  ]);
  const { rows } = await db.admin.query(
    `select idempotency_key, org_id from tasks where idempotency_key is not null order by 1, org_id`,
  );
  expect(rows).toEqual([
    ...[ada.orgId, bob.orgId].toSorted().map((org_id) => ({ idempotency_key: 'fine', org_id })),
    { idempotency_key: 'taken', org_id: ada.orgId },
  ]);
});

test('the same key twice at one time makes one task', async () => {
  const both = await Promise.all([submit(ada, ada.orgId, 'twin'), submit(ada, ada.orgId, 'twin')]);
  expect(new Set(both.map(({ task }) => task.id)).size).toBe(1);
  expect(both.filter(({ created }) => created)).toHaveLength(1);
});

test('a submission kept waiting by a lock holds up neither those beside it nor those behind it', async () => {
  const holder = await db.admin.connect();
  try {
    await holder.query('begin');
    await holder.query('select from organizations where org_id = $1 for update', [bob.orgId]);
    const held = submit(bob, bob.orgId);
    const beside = submit(ada, ada.orgId);
    expect((await beside).created).toBe(true);
    expect((await submit(ada, ada.orgId)).created).toBe(true);
    await holder.query('rollback');
    expect((await held).created).toBe(true);
  } finally {
    holder.release();
  }
});

test('several tasks of one person are submitted all together or not at all', async () => {
  const task = { kind: 'assistant.prompt', input: { prompt: 'One of some' }, orgId: ada.orgId };
  const keyed = (idempotencyKey: string) => ({ ...task, idempotencyKey });
  await expect(submitTasks(contextOf(db, ada), [keyed('some'), keyed('twin')])).rejects.toThrow();
  const { rows } = await db.admin.query(`select from tasks where idempotency_key = 'some'`);
  expect(rows).toEqual([]);
  expect(await submitTasks(contextOf(db, ada), [keyed('some'), keyed('more')])).toHaveLength(2);
});

test('in a shared transaction nobody gives a statement when it is somebody else’s turn', async () => {
  const late = { gave: Promise.resolve({}) as Promise<unknown> };
  const works = [
    {
      actor: ada.actor,
      work: async (turn: Parameters<Parameters<typeof asEach>[1][number]['work']>[0]) => {
        await turn.query('select 1');
        late.gave = turn.query('select 2');
        late.gave.catch(() => {});
      },
    },
    { actor: bob.actor, work: async () => {} },
  ];
  await asEach(db.database, works, (_, results) => results);
  await expect(late.gave).rejects.toThrow('turn was over');
});
