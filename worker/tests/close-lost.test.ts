import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import { signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TakenJob } from '../src/intake/taken-job.ts';
import { closeCall, openCall } from '../src/runner/call-ledger.ts';
import { ClaimLost } from '../src/runner/claim.ts';
import { claimAlone } from '../src/runner/claim-alone.ts';
import { closeLost, lossesInCompany, mostLosses } from '../src/runner/close-lost.ts';
import { TaskWriter } from '../src/runner/task-writer.ts';
import { openTaker } from './open-taker.ts';
import { submitQuestion } from './submit-question.ts';

let db: TestDatabase;
let ada: TestPerson;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
});
afterAll(() => db.close());

/** A new task, and its job as a worker gets it at its nth delivery. */
async function submit() {
  const { orgId } = ada;
  const taskId = await submitQuestion(db, ada);
  const { rows } = await db.admin.query('select job_id, job_queue from tasks where id = $1', [
    taskId,
  ]);
  const data: TaskJob = { version: 1, orgId, taskId };
  return (retryCount: number) =>
    ({ id: rows[0].job_id, name: rows[0].job_queue, data, retryCount }) as TakenJob<TaskJob>;
}
const attemptsOf = async ({ data }: TakenJob<TaskJob>) => {
  const { rows } = await db.admin.query(
    'select attempt, state from task_attempts where task_id = $1 order by attempt',
    [data.taskId],
  );
  return rows;
};

test('lost attempts are not counted among those a task may have, until they take them all', async () => {
  const job = await submit();
  const seen = [];
  for (let delivery = 0; delivery < mostLosses; delivery++) {
    const claim = await claimAlone(db.database, job(delivery), 'a worker that vanishes');
    const losses = await closeLost(db.database, job(delivery + 1));
    seen.push({ attempt: claim?.attempt, of: claim?.maxAttempts, losses });
  }
  expect(seen).toEqual([
    { attempt: 1, of: 3, losses: 1 },
    { attempt: 2, of: 4, losses: 2 },
    { attempt: 3, of: 5, losses: 3 },
    { attempt: 4, of: 6, losses: 4 },
  ]);
  const last = await claimAlone(db.database, job(mostLosses), 'a worker');
  expect(last?.attempt).toBeGreaterThan(last?.maxAttempts ?? 99);
  expect((await attemptsOf(job(0))).map(({ state }) => state)).toEqual([
    'lost',
    'lost',
    'lost',
    'lost',
    'running',
  ]);
});

test('an attempt that was ended is not lost, and one that a later delivery holds is left alone', async () => {
  const job = await submit();
  await claimAlone(db.database, job(0), 'a worker');
  await db.admin.query(`update task_attempts set state = 'failed' where task_id = $1`, [
    job(0).data.taskId,
  ]);
  expect(await closeLost(db.database, job(1))).toBe(0);
  await claimAlone(db.database, job(2), 'a worker');
  expect(await closeLost(db.database, job(1))).toBe(0);
  expect((await attemptsOf(job(0))).map(({ state }) => state)).toEqual(['failed', 'running']);
});

test('whoever commands a task again gives it its losses back', async () => {
  const job = await submit();
  await claimAlone(db.database, job(0), 'a worker');
  expect(await closeLost(db.database, job(1))).toBe(1);
  const again = { ...job(1), id: crypto.randomUUID() } as TakenJob<TaskJob>;
  await db.admin.query(
    `update tasks set state = 'queued', job_id = $2, claimed_delivery = null where id = $1`,
    [job(0).data.taskId, again.id],
  );
  expect(await closeLost(db.database, again)).toBe(0);
});

test('one that brought workers down is not taken in company again, whatever came of its attempts between', async () => {
  const taker = await openTaker(db);
  await db.boss.deleteAllJobs('tasks.claude');
  const job = await submit();
  for (let delivery = 0; delivery < lossesInCompany; delivery++) {
    await claimAlone(db.database, job(delivery), 'a worker that vanishes');
    await closeLost(db.database, job(delivery + 1));
  }
  // Its attempt by itself was given back, as in a deployment.
  await db.admin.query(`update tasks set state = 'queued' where id = $1`, [job(0).data.taskId]);
  await db.admin.query(
    `update pgboss.job set state = 'retry', retry_count = $2, started_on = now(), start_after = now() where id = $1`,
    [job(0).id, lossesInCompany],
  );
  const { tasks } = await taker.take(5, { claim: true });
  expect(tasks).toMatchObject([{ job: { retryCount: lossesInCompany + 1 }, claim: undefined }]);
  expect(await claimAlone(db.database, job(lossesInCompany + 1), 'a process apart')).toBeDefined();
});

test('a call that was given up as unknown is not booked by the worker that comes back, which has lost its claim', async () => {
  const writer = new TaskWriter(db.database);
  const job = await submit();
  const claim = await claimAlone(db.database, job(0), 'a worker that stalls');
  if (!claim) throw new Error('nothing was claimed');
  const call = await openCall(
    writer,
    claim,
    'answer',
    { model: 'claude-haiku-5-5', paidBy: 'platform' },
    [],
  );
  await closeLost(db.database, job(1));
  const used = { ...claim.usage, inputTokens: 10, outputTokens: 5, costNanoUsd: 1_000 };
  const record = {
    requestId: 'req_late',
    messageId: null,
    stopReason: 'end_turn',
    usage: null,
    simulated: true,
    text: 'late',
  };
  await expect(closeCall(writer, claim, call, record, used, [], undefined)).rejects.toBeInstanceOf(
    ClaimLost,
  );
  const { rows } = await db.admin.query(
    `select (select state from llm_calls where id = $1) as state,
            (select count(*)::int from usage_entries where llm_call_id = $1) as entries`,
    [call.id],
  );
  expect(rows).toEqual([{ state: 'unknown', entries: 0 }]);
});
