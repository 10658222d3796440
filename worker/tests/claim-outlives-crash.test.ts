import { openTestServer, type TestServer } from '@devsphere/shared/testing/open-test-server.ts';
import { signUp } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { takeServiceJobs } from '../src/intake/take-service-jobs.ts';
import { openTaker } from './open-taker.ts';
import { submitQuestion } from './submit-question.ts';

/** One of its own, that waits for its disk as in production. */
let server: TestServer;
let db: TestDatabase;
beforeAll(async () => {
  server = await openTestServer({ durable: true });
  db = await createTestDatabase({ mayBreak: true });
});
afterAll(async () => {
  await db.close();
  await server.stop();
});

test('what a worker was told it has is its own, also when the database ends at that moment', async () => {
  const ada = await signUp(db, 'ada');
  const taskId = await submitQuestion(db, ada);
  const taker = await openTaker(db);
  const id = await db.boss.send('upkeep', {});
  const { tasks } = await taker.take(1, { claim: true });
  expect(tasks).toMatchObject([{ claim: { taskId, attempt: 1 } }]);
  const { jobs } = await takeServiceJobs(db.database, 'upkeep', 1);
  expect(jobs).toMatchObject([{ id, retryCount: 0 }]);
  await server.crash();
  await server.start();
  // Lost, it would be given to somebody else as the same attempt of the same delivery, and two would hold it.
  const { rows } = await db.admin.query(
    `select t.attempt, a.worker, j.state from tasks t join pgboss.job j on j.id = t.job_id
     left join task_attempts a on a.task_id = t.id where t.id = $1`,
    [taskId],
  );
  expect(rows).toEqual([{ attempt: 1, worker: 'w', state: 'active' }]);
  const ofUpkeep = await db.admin.query('select state from pgboss.job where id = $1', [id]);
  expect(ofUpkeep.rows).toEqual([{ state: 'active' }]);
});
