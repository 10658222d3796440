import { signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskTaker } from '../src/intake/take-tasks.ts';
import type { NewEvent } from '../src/runner/append-events.ts';
import { type Claim, ClaimLost } from '../src/runner/claim.ts';
import { TaskWriter } from '../src/runner/task-writer.ts';
import { openTaker } from './open-taker.ts';
import { submitQuestion } from './submit-question.ts';

let db: TestDatabase;
let people: TestPerson[];
let taker: TaskTaker;
let writer: TaskWriter;
beforeAll(async () => {
  db = await createTestDatabase();
  people = [await signUp(db, 'ada'), await signUp(db, 'bob')];
  await db.admin.query('update plans set concurrent_tasks = 100');
  taker = await openTaker(db);
  writer = new TaskWriter(db.database);
});
afterAll(() => db.close());

/** Two running tasks of each of two organisations. */
async function claimed(): Promise<Claim[]> {
  for (const person of [...people, ...people]) await submitQuestion(db, person);
  const { tasks } = await taker.take(10, { claim: true });
  return tasks.flatMap(({ claim }) => (claim ? [claim] : []));
}

const text = (delta: string): NewEvent => ({ type: 'text', data: { step: 'answer', delta } });
const commits = async () => {
  const { rows } = await db.admin.query(
    'select count(distinct xmin::text)::int as n from task_events',
  );
  return rows[0].n;
};
const said = async ({ taskId }: Claim) => {
  const { rows } = await db.admin.query(
    `select seq::int, data ->> 'delta' as delta from task_events where task_id = $1 order by seq`,
    [taskId],
  );
  return rows;
};
const stateOf = async ({ taskId, jobId }: Claim) => {
  const { rows } = await db.admin.query(
    `select t.state, a.state as attempt, j.state as job from tasks t
     join task_attempts a on a.task_id = t.id and a.attempt = t.attempt join pgboss.job j on j.id = $2 where t.id = $1`,
    [taskId, jobId],
  );
  return rows[0];
};

test('what the tasks of several organisations say at the same moment is committed together, each in its own order', async () => {
  const claims = await claimed();
  expect(claims).toHaveLength(4);
  const before = await commits();
  await Promise.all(claims.map((claim) => writer.append(claim, [text('a'), text('b')])));
  expect((await commits()) - before).toBe(1);
  await Promise.all(claims.map((claim) => writer.append(claim, [text('c')])));
  for (const claim of claims)
    expect(await said(claim)).toEqual([
      { seq: 1, delta: 'a' },
      { seq: 2, delta: 'b' },
      { seq: 3, delta: 'c' },
    ]);
});

test('one that lost its claim writes nothing, and those beside it are written', async () => {
  const claims = await claimed();
  const [lost, ...others] = claims;
  if (!lost) throw new Error('four were claimed');
  await db.admin.query('update tasks set attempt = attempt + 1 where id = $1', [lost.taskId]);
  const outcomes = await Promise.allSettled(
    claims.map((claim) => writer.append(claim, [text('x')])),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect(outcomes[0]).toMatchObject({ reason: expect.any(ClaimLost) });
  expect(await said(lost)).toEqual([]);
  for (const other of others) expect(await said(other)).toEqual([{ seq: 1, delta: 'x' }]);
});

test('successes are settled together, and not by whom a later delivery has replaced', async () => {
  const claims = await claimed();
  const [lost, ...others] = claims;
  if (!lost) throw new Error('four were claimed');
  await db.admin.query('update pgboss.job set retry_count = retry_count + 1 where id = $1', [
    lost.jobId,
  ]);
  const outcomes = await Promise.allSettled(
    claims.map((claim) => writer.succeed({ claim, output: { markdown: 'x' }, events: [] })),
  );
  expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: expect.any(ClaimLost) });
  expect(await stateOf(lost)).toEqual({ state: 'running', attempt: 'running', job: 'active' });
  for (const other of others)
    expect(await stateOf(other)).toEqual({
      state: 'succeeded',
      attempt: 'succeeded',
      job: 'completed',
    });
});

test('statements of a task share the commit of others and fail without them', async () => {
  const claims = await claimed();
  const [one, other] = claims;
  if (!one || !other) throw new Error('four were claimed');
  const [written, refused] = await Promise.allSettled([
    writer.write(one, (tx) => tx.query('select id from tasks where id = $1', [one.taskId])),
    writer.write(other, (tx) => tx.query('select 1 / 0')),
  ]);
  expect(written).toMatchObject({ status: 'fulfilled', value: { rows: [{ id: one.taskId }] } });
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
});
