import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { cancelTask } from '../src/commands/cancel-task.ts';
import { submitBulk } from '../src/commands/submit-bulk.ts';
import { submitTask } from '../src/commands/submit-task.ts';
import { newId } from '../src/ids.ts';
import { contextOf, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

const most = 3;
let db: TestDatabase;
let person: TestPerson;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.admin.query(`update plans set waiting_tasks = $1 where plan = 'free'`, [most]);
});
afterAll(() => db.close());
beforeEach(async () => {
  person = await signUp(db, `person-${newId().slice(-8)}`);
});

const submission = { kind: 'assistant.prompt', input: { prompt: 'What is a queue?' } };
const submit = (idempotencyKey: string | null = null, as = person) =>
  submitTask(contextOf(db, as), { ...submission, orgId: person.orgId, idempotencyKey });
const stored = async () => {
  const { rows } = await db.admin.query(
    `select (select count(*)::int from tasks where org_id = $1) as tasks,
            (select count(*)::int from pgboss.job where group_id = $1::text) as jobs`,
    [person.orgId],
  );
  return rows[0];
};

test('what would wait beyond the plan’s bound is refused with a time to try again, and nothing is written', async () => {
  for (let n = 0; n < most; n += 1) await submit();
  await expect(submit()).rejects.toMatchObject({
    code: 'queue_full',
    status: 429,
    retryAfterSeconds: 30,
    message: expect.stringMatching(/^3 tasks of this organisation wait already/),
  });
  expect(await stored()).toEqual({ tasks: most, jobs: most });
});

test('of many that come at the same moment as many get in as there is room for', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => submit()));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(most);
  expect(await stored()).toEqual({ tasks: most, jobs: most });
});

test('the same submission gets its first answer although no other would be taken', async () => {
  const first = await submit('the-key');
  await submit();
  await submit();
  expect(await submit('the-key')).toMatchObject({ created: false, task: { id: first.task.id } });
});

test('there is room again when one waits no longer', async () => {
  const { task } = await submit();
  await submit();
  await submit();
  await expect(submit()).rejects.toMatchObject({ code: 'queue_full' });
  await cancelTask(contextOf(db, person), { orgId: person.orgId, taskId: task.id });
  expect((await submit()).created).toBe(true);
});

test('a bulk that does not fit is refused as a whole', async () => {
  const tasks = Array.from({ length: most + 1 }, () => submission);
  const bulk = submitBulk(contextOf(db, person), {
    orgId: person.orgId,
    tasks,
    idempotencyKey: null,
  });
  await expect(bulk).rejects.toMatchObject({ code: 'queue_full' });
  expect(await stored()).toEqual({ tasks: 0, jobs: 0 });
});

test('a stranger learns nothing of a full queue', async () => {
  for (let n = 0; n < most; n += 1) await submit();
  const stranger = await signUp(db, `stranger-${newId().slice(-8)}`);
  await expect(submit(null, stranger)).rejects.toMatchObject({ code: 'not_found' });
});
