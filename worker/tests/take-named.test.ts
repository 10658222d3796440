import { cancelTask } from '@devsphere/shared/commands/cancel-task.ts';
import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { NamedJob } from '@devsphere/shared/queue/work-notice.ts';
import { readWorkNotice, workNotice } from '@devsphere/shared/queue/work-notice.ts';
import { contextOf, signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Controls } from '../src/intake/controls.ts';
import { TaskTaker } from '../src/intake/take-tasks.ts';

const queue = 'tasks.claude';
let db: TestDatabase;
let ada: TestPerson;
let controls: Controls;
beforeAll(async () => {
  db = await createTestDatabase();
  controls = new Controls();
  await asSystem(db.database, 'test', (tx) => controls.read(tx));
});
afterAll(() => db.close());
// Somebody new each time, with nothing running.
beforeEach(async () => {
  ada = await signUp(db, 'ada');
});

const worker = (name: string) =>
  new TaskTaker({ database: db.database, queue, worker: name, controls });

async function submitted(runAt?: Date): Promise<NamedJob> {
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: 'What is a lease?' },
    orgId: ada.orgId,
    idempotencyKey: null,
    ...(runAt ? { runAt: runAt.toISOString() } : {}),
  });
  const { rows } = await db.admin.query('select job_id from tasks where id = $1', [task.id]);
  return { queue, jobId: rows[0].job_id, orgId: ada.orgId, taskId: task.id };
}

test('of workers that hear of the same task one takes it, with its claim', async () => {
  const job = await submitted();
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((name) => worker(name).takeNamed([job])),
  );
  const taken = answers.flatMap(({ tasks }) => tasks);
  expect(taken).toMatchObject([{ job: { id: job.jobId }, claim: { taskId: job.taskId } }]);
  expect(answers.some(({ limited }) => limited)).toBe(false);
});

test('no more are taken than the plan lets run, and what has to wait is told', async () => {
  const jobs: NamedJob[] = [];
  for (let n = 0; n < 7; n += 1) jobs.push(await submitted());
  const { tasks, limited } = await worker('one').takeNamed(jobs);
  expect({ taken: tasks.length, limited }).toEqual({ taken: 5, limited: true });
  expect(await worker('two').takeNamed(jobs.slice(5))).toEqual({ tasks: [], limited: true });
});

test('a task that was cancelled meanwhile, or is for later, is neither taken nor claimed', async () => {
  const cancelled = await submitted();
  await cancelTask(contextOf(db, ada), { orgId: ada.orgId, taskId: cancelled.taskId });
  const later = await submitted(new Date(Date.now() + 60_000));
  expect(await worker('one').takeNamed([cancelled, later])).toEqual({ tasks: [], limited: false });
  const { rows } = await db.admin.query('select attempt from tasks where org_id = $1', [ada.orgId]);
  expect(rows).toEqual([{ attempt: 0 }, { attempt: 0 }]);
});

test('a notice is read as it was written, and any other names its queue', () => {
  const ids = ['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002'];
  const job = { queue, jobId: ids[0] ?? '', orgId: ids[1] ?? '', taskId: ids[0] ?? '' };
  expect(readWorkNotice(workNotice(job))).toEqual({ queue, job });
  expect(readWorkNotice('webhooks')).toEqual({ queue: 'webhooks', job: undefined });
  expect(readWorkNotice(`${queue}/x/y/z`)).toEqual({ queue, job: undefined });
});
