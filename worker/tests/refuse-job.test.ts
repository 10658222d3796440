import { signUp } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whyUnreadable } from '../src/intake/take-tasks.ts';
import { refuseJob } from '../src/runner/refuse-job.ts';
import { openTaker } from './open-taker.ts';
import { submitQuestion } from './submit-question.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

test('a job of another version is refused, not guessed, and the task that waits for it fails and says why', async () => {
  const ada = await signUp(db, 'ada');
  const taskId = await submitQuestion(db, ada);
  await db.admin.query(`update pgboss.job set data = data || '{"version": 2}'`);
  const taker = await openTaker(db);
  const [taken] = (await taker.take(5, { claim: true })).tasks;
  if (!taken) throw new Error('nothing was taken');
  expect(taken.claim).toBeUndefined();
  const why = whyUnreadable(taken.job.data);
  expect(why).toBe('unknown_payload_version');
  await refuseJob(db.database, db.boss, taken.job, why ?? '');
  const { rows } = await db.admin.query(
    `select t.state, t.error ->> 'code' as code, t.ended_at is not null as ended, t.attempt,
            (select j.name from pgboss.job j where j.name = t.job_queue || '.dead' and j.source_id = t.job_id) as dead,
            (select e.type from task_events e where e.task_id = t.id order by e.seq desc limit 1) as told,
            (select a.action from audit_entries a where a.target_id = t.id order by a.id desc limit 1) as audited
     from tasks t where t.id = $1`,
    [taskId],
  );
  expect(rows).toEqual([
    {
      state: 'failed',
      code: why,
      ended: true,
      attempt: 0,
      dead: 'tasks.claude.dead',
      told: 'task.ended',
      audited: 'task.failed',
    },
  ]);
});
