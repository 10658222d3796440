import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { debounceTask } from '../src/commands/debounce-task.ts';
import { submitBulk } from '../src/commands/submit-bulk.ts';
import { submitTask } from '../src/commands/submit-task.ts';
import { asActor } from '../src/db/doors.ts';
import { listTasks } from '../src/queries/list-tasks.ts';
import { contextOf, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
let ada: TestPerson;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
});
afterAll(() => db.close());

const task = (tags?: string[]) => ({
  kind: 'assistant.prompt',
  input: { prompt: 'Hello' },
  ...(tags ? { tags } : {}),
});
const submit = async (tags: string[]) =>
  (await submitTask(contextOf(db, ada), { ...task(tags), orgId: ada.orgId, idempotencyKey: null }))
    .task.id;
const find = async (tag: string[], more: object = {}) =>
  (await listTasks(db.database, ada.actor, ada.orgId, { limit: 50, tag, ...more })).tasks.map(
    ({ id }) => id,
  );

test('tasks are found by all the tags asked for, newest first and page by page, however they came', async () => {
  const first = await submit(['nightly', 'customer:1']);
  const results = await submitBulk(contextOf(db, ada), {
    orgId: ada.orgId,
    tasks: [task(['nightly']), task(), task(['nightly', 'customer:2'])],
    idempotencyKey: null,
  });
  const [second, , third] = results.map(({ task: made }) => made?.id ?? '');
  expect(await find(['nightly'])).toEqual([third, second, first]);
  expect(await find(['nightly', 'customer:2'])).toEqual([third]);
  expect(await find(['nightly'], { limit: 1, before: third })).toEqual([second]);
  expect(await find(['nightly'], { limit: 1, after: first })).toEqual([second]);
  expect(await find(['nightly'], { state: ['succeeded'] })).toEqual([]);
  expect(await find(['none'])).toEqual([]);
});

test('a task that waits and is replaced is found by its new tags alone', async () => {
  const debounce = { key: 'page', seconds: 600 };
  const said = (tags: string[]) =>
    debounceTask(contextOf(db, ada), { ...task(tags), orgId: ada.orgId, debounce });
  const { task: before } = await said(['draft', 'kept']);
  await said(['final', 'kept']);
  expect(await find(['draft'])).toEqual([]);
  expect(await find(['final', 'kept'])).toEqual([before.id]);
});

test('a rare tag is found by the index, not by a look at all tasks', async () => {
  const rare = await submit(['rare']);
  await db.admin.query(
    `insert into tasks (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, request_hash, ended_at)
     select $1, app.uuid_v7(), 'assistant.prompt', 'x', 'succeeded', '{}', 3, 'tasks.claude', gen_random_uuid(), 'x', now()
     from generate_series(1, 5000)`,
    [ada.orgId],
  );
  await db.admin.query('analyze tasks, task_tags');
  const { rows } = await asActor(db.database, ada.actor, (tx) =>
    tx.query<{ 'QUERY PLAN': string }>(
      `explain select id from tasks where org_id = $1 and id in (select task_id from task_tags where org_id = $1 and tag = 'rare') order by id desc limit 51`,
      [ada.orgId],
    ),
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).not.toContain('Seq Scan on tasks');
  expect(await find(['rare'])).toEqual([rare]);
});

test('nobody writes tags past their tasks, and strangers see none', async () => {
  await submit(['mine']);
  const eve = await signUp(db, 'eve');
  const seen = await asActor(db.database, eve.actor, (tx) => tx.query('select from task_tags'));
  expect(seen.rowCount).toBe(0);
  await expect(
    asActor(db.database, ada.actor, (tx) => tx.query('delete from task_tags')),
  ).rejects.toMatchObject({ code: '42501' });
});
