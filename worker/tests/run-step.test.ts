import { signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskTaker } from '../src/intake/take-tasks.ts';
import { type Claim, ClaimLost } from '../src/runner/claim.ts';
import { EventSink } from '../src/runner/event-sink.ts';
import { runStep } from '../src/runner/run-step.ts';
import { TaskWriter } from '../src/runner/task-writer.ts';
import { openTaker } from './open-taker.ts';
import { submitQuestion } from './submit-question.ts';

let db: TestDatabase;
let ada: TestPerson;
let taker: TaskTaker;
let writer: TaskWriter;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  taker = await openTaker(db);
  writer = new TaskWriter(db.database);
});
afterAll(() => db.close());

/** The next attempt of the one task there is. */
async function nextAttempt(): Promise<Claim> {
  const { tasks } = await taker.take(1, { claim: true });
  const claim = tasks[0]?.claim;
  if (!claim) throw new Error('nothing to take');
  return claim;
}

/** As after a worker's end: its job is to be done again. */
async function loseWorker({ jobId, taskId }: Claim): Promise<void> {
  await db.admin.query(`update pgboss.job set state = 'retry', start_after = now() where id = $1`, [
    jobId,
  ]);
  await db.admin.query(`update tasks set state = 'queued' where id = $1`, [taskId]);
}

const step = (claim: Claim, run: () => unknown, key = 'count') =>
  runStep(
    {
      writer,
      claim,
      sink: new EventSink(writer, claim, () => {}),
    },
    key,
    'Count',
    run,
  );
const said = async ({ taskId }: Claim) => {
  const { rows } = await db.admin.query(
    `select type from task_events where task_id = $1 and type like 'step.%' order by seq`,
    [taskId],
  );
  return rows.map(({ type }) => type);
};

test('a step that ended is not done again by a later attempt, one that threw is, and each says so', async () => {
  await submitQuestion(db, ada);
  const first = await nextAttempt();
  expect(await step(first, () => ({ words: 4, none: null }))).toEqual({ words: 4, none: null });
  await expect(
    step(
      first,
      () => {
        throw new Error('cut off');
      },
      'sum',
    ),
  ).rejects.toThrow('cut off');
  await loseWorker(first);

  const second = await nextAttempt();
  let runs = 0;
  const again = () => {
    runs += 1;
  };
  expect(await step(second, again)).toEqual({ words: 4, none: null });
  expect(runs).toBe(0);
  expect(await step(second, again, 'sum')).toBeUndefined();
  expect(runs).toBe(1);

  // The worker that was thought lost comes back: what it did is not stored a second time.
  await expect(step(first, () => 5, 'late')).rejects.toThrow(ClaimLost);
  await loseWorker(second);
  const third = await nextAttempt();
  expect(await step(third, again, 'sum')).toBeUndefined();
  expect(runs).toBe(1);
  expect([...third.steps.keys()].sort()).toEqual(['count', 'sum']);
  expect(await said(third)).toContain('step.completed');
});
