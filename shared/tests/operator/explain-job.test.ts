import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cancelTask } from '../../src/commands/cancel-task.ts';
import { pauseQueue } from '../../src/commands/operator/pause-queue.ts';
import { resumeQueue } from '../../src/commands/operator/resume-queue.ts';
import { setConcurrency } from '../../src/commands/operator/set-concurrency.ts';
import { pauseOrganization } from '../../src/commands/pausing/pause-organization.ts';
import { resumeOrganization } from '../../src/commands/pausing/resume-organization.ts';
import { submitTask } from '../../src/commands/submit-task.ts';
import { explainJob } from '../../src/queries/operator/explain-job.ts';
import { serviceQueues } from '../../src/queue/service-queues.ts';
import { operatorContextOf, signUpOperator } from '../../src/testing/operators.ts';
import { contextOf, signUp, type TestPerson } from '../../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';

const queue = 'tasks.claude';
const secret = 'a secret of Ada';
let db: TestDatabase;
let ada: TestPerson;
let operator: ReturnType<typeof operatorContextOf>;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  operator = operatorContextOf(db, await signUpOperator(db, 'olga'));
});
afterEach(async () => {
  await db.admin.query('delete from pgboss.job');
  await db.admin.query(
    `update tasks set state = 'cancelled', ended_at = now() where state in ('queued', 'running')`,
  );
});
afterAll(() => db.close());

const submit = async (more: object = {}) => {
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: secret },
    orgId: ada.orgId,
    idempotencyKey: null,
    ...more,
  });
  const { rows } = await db.admin.query('select job_id from tasks where id = $1', [task.id]);
  return { taskId: task.id, jobId: rows[0].job_id as string };
};
/** With as many live workers as there are said to be. */
const explain = async (jobId: string, workers = 1, by = operator.actor, of = queue) => {
  const boss = Object.assign(Object.create(db.boss), {
    getInstances: async () =>
      Array.from({ length: workers }, () => ({ live: true, stoppedOn: null })),
  });
  const explanation = await explainJob(db.database, boss, by, { queue: of, jobId });
  expect(explanation.text).not.toContain(secret);
  return explanation;
};

describe('an operator who asks why a job does not run', () => {
  test('is told the first reason that holds, with its place in the queue, and no word of the organisation', async () => {
    const [first, second] = [await submit(), await submit()];
    expect(await explain(first.jobId)).toMatchObject({ reason: 'starting', position: 0 });
    expect(await explain(second.jobId)).toMatchObject({ reason: 'in_line', position: 1 });
    expect(await explain(first.jobId, 0)).toMatchObject({ reason: 'no_worker' });

    await pauseOrganization(contextOf(db, ada), { orgId: ada.orgId, reason: secret });
    expect(await explain(first.jobId)).toMatchObject({ reason: 'organization_paused' });
    await resumeOrganization(contextOf(db, ada), { orgId: ada.orgId });
    await pauseQueue(operator, { queue, reason: 'because of a test' });
    expect(await explain(first.jobId)).toMatchObject({ reason: 'queue_paused' });
    await resumeQueue(operator, { queue, reason: 'because of a test' });

    await db.admin.query(
      `update tasks set error = jsonb_build_object('class', 'retry', 'code', 'model_overloaded', 'message', $2::text), attempt = 1 where id = $1`,
      [first.taskId, secret],
    );
    await db.admin.query(
      `update pgboss.job set start_after = now() + interval '1 minute' where id = $1`,
      [first.jobId],
    );
    const waits = await explain(first.jobId);
    expect(waits).toMatchObject({ reason: 'backing_off', until: expect.any(String) });
    expect(waits.text).toContain('model_overloaded');
    const later = await submit({ runAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await explain(later.jobId)).toMatchObject({ reason: 'delayed' });
  });

  test('is told of the number of tasks at once, and whether it is the plan’s or an override', async () => {
    const [running, waiting] = [await submit(), await submit()];
    await db.admin.query(`update tasks set state = 'running', started_at = now() where id = $1`, [
      running.taskId,
    ]);
    const command = { orgId: ada.orgId, concurrentTasks: 1, reason: 'because of a test' };
    await setConcurrency(operator, command);
    const held = await explain(waiting.jobId);
    expect(held).toMatchObject({ reason: 'concurrency' });
    expect(held.text).toContain('by an override');
    await db.admin.query('delete from concurrency_overrides');
    await db.admin.query(`update plans set concurrent_tasks = 1 where plan = 'free'`);
    expect((await explain(waiting.jobId)).text).toContain('by its plan');
    await db.admin.query(`update plans set concurrent_tasks = 5 where plan = 'free'`);
  });

  test('is told when its task needs the job no more', async () => {
    const { taskId, jobId } = await submit();
    await db.admin.query('update tasks set job_id = gen_random_uuid() where id = $1', [taskId]);
    expect(await explain(jobId)).toMatchObject({ reason: 'superseded' });
    const ended = await submit();
    await db.admin.query(`update tasks set state = 'cancelled', ended_at = now() where id = $1`, [
      ended.taskId,
    ]);
    expect((await explain(ended.jobId)).text).toContain('has ended');
  });

  test('may ask of jobs that are no task’s, and finds nothing where nothing waits', async () => {
    const { name } = serviceQueues.upkeep;
    const jobId = String(await db.boss.send(name, { version: 1, job: 'x' }));
    expect(await explain(jobId, 0, operator.actor, name)).toMatchObject({ reason: 'no_worker' });
    expect(await explain(jobId, 1, operator.actor, name)).toMatchObject({ reason: 'starting' });
    await expect(explain(randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    const { taskId, jobId: gone } = await submit();
    await cancelTask(contextOf(db, ada), { orgId: ada.orgId, taskId });
    await expect(explain(gone)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is an operator: an owner finds nothing', async () => {
    const { jobId } = await submit();
    const owner = operatorContextOf(db, ada).actor;
    await expect(explain(jobId, 1, owner)).rejects.toMatchObject({ code: 'not_found' });
  });
});
