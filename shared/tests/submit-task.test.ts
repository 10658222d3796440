import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cancelTask } from '../src/commands/cancel-task.ts';
import { retryTask } from '../src/commands/retry-task.ts';
import { submitTask } from '../src/commands/submit-task.ts';
import { submitTasks } from '../src/commands/submit-tasks.ts';
import { getTask } from '../src/queries/get-task.ts';
import { listTasks } from '../src/queries/list-tasks.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

const body = { kind: 'assistant.prompt', input: { prompt: 'What is a queue?' } };
let db: TestDatabase;
let ada: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  stranger = await signUp(db, 'stranger');
});
afterAll(() => db.close());

const counts = async () => {
  const { rows } = await db.admin.query(
    `select (select count(*)::int from tasks) as tasks, (select count(*)::int from pgboss.job) as jobs,
            (select count(*)::int from audit_entries) as audits`,
  );
  return rows[0];
};

describe('submitting a task', () => {
  test('a task, its job and its audit entry are born together', async () => {
    const before = await counts();
    const { task, created } = await submitTask(contextOf(db, ada), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    expect(created).toBe(true);
    expect(task).toMatchObject({
      state: 'queued',
      kind: 'assistant.prompt',
      title: 'What is a queue?',
      attempt: 0,
    });
    expect(await counts()).toEqual({
      tasks: before.tasks + 1,
      jobs: before.jobs + 1,
      audits: before.audits + 1,
    });
  });

  test('a job carries ids and never content', async () => {
    const { task } = await submitTask(contextOf(db, ada), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    const { rows } = await db.admin.query(
      'select data from pgboss.job join tasks on tasks.job_id = job.id where tasks.id = $1',
      [task.id],
    );
    expect(rows[0].data).toEqual({ version: 1, orgId: ada.orgId, taskId: task.id });
  });

  test('the same key and body get the first answer, and nothing more is written', async () => {
    const command = { ...body, orgId: ada.orgId, idempotencyKey: 'once' };
    const first = await submitTask(contextOf(db, ada), command);
    const before = await counts();
    const second = await submitTask(contextOf(db, ada), {
      ...command,
      input: { prompt: 'What is a queue?' },
    });
    expect(second.created).toBe(false);
    expect(second.task.id).toBe(first.task.id);
    expect(await counts()).toEqual(before);
  });

  test('fifty equal submissions at once make one task', async () => {
    const before = await counts();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        submitTask(contextOf(db, ada), { ...body, orgId: ada.orgId, idempotencyKey: 'herd' }),
      ),
    );
    expect(new Set(answers.map(({ task }) => task.id)).size).toBe(1);
    expect((await counts()).jobs).toBe(before.jobs + 1);
  });

  test.each([
    ['an unknown kind', { kind: 'no.such', input: {} }, 'unknown_kind', 'kind'],
    [
      'a missing prompt',
      { kind: 'assistant.prompt', input: {} },
      'invalid_request',
      'input.prompt',
    ],
    [
      'an extra field',
      { kind: 'assistant.prompt', input: { prompt: 'x', evil: 1 } },
      'invalid_request',
      'input',
    ],
    [
      'a diff that is none',
      { kind: 'code.review', input: { diff: 'hello' } },
      'invalid_request',
      'input.diff',
    ],
    [
      'a schema that is none',
      { kind: 'data.extract', input: { text: 'x', schema: { type: 'object', properties: 7 } } },
      'invalid_request',
      'input.schema',
    ],
    [
      'a schema whose validator would answer with a promise',
      { kind: 'data.extract', input: { text: 'x', schema: { type: 'object', $async: true } } },
      'invalid_request',
      'input.schema',
    ],
    [
      'a start a year ahead',
      { ...body, runAt: '2040-01-01T00:00:00Z' },
      'invalid_request',
      'runAt',
    ],
  ])('%s is refused by name and writes nothing', async (_name, bad, code, field) => {
    const before = await counts();
    const refused = await submitTask(contextOf(db, ada), {
      ...bad,
      orgId: ada.orgId,
      idempotencyKey: null,
    }).catch((error) => error);
    expect(refused).toMatchObject({ code });
    expect(refused.fields[0].field).toBe(field);
    expect(await counts()).toEqual(before);
  });

  test('a key reused with another body is refused and writes nothing', async () => {
    await submitTask(contextOf(db, ada), { ...body, orgId: ada.orgId, idempotencyKey: 'fixed' });
    const before = await counts();
    const other = {
      kind: 'assistant.prompt',
      input: { prompt: 'Something else' },
      orgId: ada.orgId,
      idempotencyKey: 'fixed',
    };
    await expect(submitTask(contextOf(db, ada), other)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    expect(await counts()).toEqual(before);
  });

  test('a stranger can neither submit to an organisation nor learn that it exists', async () => {
    const before = await counts();
    const real = submitTask(contextOf(db, stranger), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    const unreal = submitTask(contextOf(db, stranger), {
      ...body,
      orgId: '01890000-0000-7000-8000-000000000000',
      idempotencyKey: null,
    });
    const [a, b] = await Promise.all(
      [real, unreal].map((attempt) => attempt.catch((error) => error)),
    );
    expect(a).toMatchObject({ code: 'not_found' });
    expect(b.message).toBe(a.message);
    expect(await counts()).toEqual(before);
  });

  test('a viewer reads but does not submit, cancel or retry', async () => {
    const viewer = await signUp(db, 'viewer');
    await join(db, viewer, ada.orgId, 'viewer');
    const { task } = await submitTask(contextOf(db, ada), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    expect((await getTask(db.database, viewer.actor, ada.orgId, task.id)).id).toBe(task.id);
    const target = { orgId: ada.orgId, taskId: task.id };
    await expect(
      submitTask(contextOf(db, viewer), { ...body, orgId: ada.orgId, idempotencyKey: null }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cancelTask(contextOf(db, viewer), target)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('cancelling and retrying', () => {
  test('a queued task is cancelled with its job, and a second cancel is refused', async () => {
    const { task } = await submitTask(contextOf(db, ada), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    const target = { orgId: ada.orgId, taskId: task.id };
    expect(await cancelTask(contextOf(db, ada), target)).toMatchObject({ state: 'cancelled' });
    const { rows } = await db.admin.query(
      'select job.state from pgboss.job join tasks on tasks.job_id = job.id where tasks.id = $1',
      [task.id],
    );
    expect(rows[0].state).toBe('cancelled');
    const before = await counts();
    await expect(cancelTask(contextOf(db, ada), target)).rejects.toMatchObject({
      code: 'already_ended',
    });
    expect(await counts()).toEqual(before);
  });

  test('a cancelled task can be retried with a new job; a queued one can not', async () => {
    const { task } = await submitTask(contextOf(db, ada), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    const target = { orgId: ada.orgId, taskId: task.id };
    await expect(retryTask(contextOf(db, ada), target)).rejects.toMatchObject({
      code: 'not_retryable',
    });
    await cancelTask(contextOf(db, ada), target);
    expect(await retryTask(contextOf(db, ada), target)).toMatchObject({
      state: 'queued',
      endedAt: null,
      cancelRequestedAt: null,
    });
  });

  test('a stranger can not cancel, and is told what a missing task would tell', async () => {
    const { task } = await submitTask(contextOf(db, ada), {
      ...body,
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    await expect(
      cancelTask(contextOf(db, stranger), { orgId: ada.orgId, taskId: task.id }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('listing tasks', () => {
  test('pages of two walk through all tasks in order, forth and back, each once', async () => {
    const lister = await signUp(db, 'lister');
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      ids.unshift(
        (
          await submitTask(contextOf(db, lister), {
            ...body,
            orgId: lister.orgId,
            idempotencyKey: null,
          })
        ).task.id,
      );
    }
    const page = (query: { before?: string; after?: string }) =>
      listTasks(db.database, lister.actor, lister.orgId, { limit: 2, ...query });
    const first = await page({});
    const second = await page({ before: first.nextCursor ?? '' });
    const third = await page({ before: second.nextCursor ?? '' });
    expect([first, second, third].flatMap(({ tasks }) => tasks.map(({ id }) => id))).toEqual(ids);
    expect([first.previousCursor, third.nextCursor]).toEqual([null, null]);
    expect((await page({ after: third.previousCursor ?? '' })).tasks).toEqual(second.tasks);
  });

  test('a stranger sees an empty list', async () => {
    expect((await listTasks(db.database, stranger.actor, ada.orgId, { limit: 10 })).tasks).toEqual(
      [],
    );
  });
});

test('several tasks are submitted together: all of them, or none', async () => {
  const command = (key: string) => ({ ...body, orgId: ada.orgId, idempotencyKey: key });
  const before = await counts();
  const submitted = await submitTasks(contextOf(db, ada), ['a', 'b', 'c'].map(command));
  expect(submitted.map(({ created }) => created)).toEqual([true, true, true]);
  const after = await counts();
  expect(after).toEqual({
    tasks: before.tasks + 3,
    jobs: before.jobs + 3,
    audits: before.audits + 3,
  });
  await expect(submitTasks(contextOf(db, ada), ['d', 'a', 'e'].map(command))).rejects.toMatchObject(
    { code: '23505' },
  );
  await expect(submitTasks(contextOf(db, stranger), ['f', 'g'].map(command))).rejects.toMatchObject(
    {
      code: '42501',
    },
  );
  expect(await counts()).toEqual(after);
});
