import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { submitTask } from '../src/commands/submit-task.ts';
import { getTaskTimeline } from '../src/queries/get-task-timeline.ts';
import { contextOf, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
let ada: TestPerson;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
});
afterAll(() => db.close());

const submit = async () =>
  (
    await submitTask(contextOf(db, ada), {
      kind: 'assistant.prompt',
      input: { prompt: 'Hello' },
      orgId: ada.orgId,
      idempotencyKey: null,
    })
  ).task.id;
const timeline = (id: string) => getTaskTimeline(db.database, ada.actor, ada.orgId, id);
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

async function happened(
  id: string,
  ...events: Array<[second: number, type: string, data: object]>
) {
  for (const [index, [second, type, data]] of events.entries())
    await db.admin.query(
      'insert into task_events (org_id, task_id, seq, type, data, created_at) values ($1, $2, $3, $4, $5, $6)',
      [ada.orgId, id, index + 1, type, data, at(second)],
    );
}
const attempts = (id: string, from: number, to: number, state: string) =>
  db.admin.query(
    `insert into task_attempts (org_id, task_id, attempt, state, worker, job_id, delivery, started_at)
     select org_id, id, n, $4, 'worker', job_id, n, created_at from tasks, generate_series($2::int, $3::int) as n where id = $1`,
    [id, from, to, state],
  );

test('of a lost attempt is told when it last wrote something, streamed text included and what others wrote left out', async () => {
  const id = await submit();
  await attempts(id, 1, 2, 'lost');
  await attempts(id, 3, 3, 'failed');
  await happened(
    id,
    [0, 'attempt.started', { attempt: 1, worker: 'w' }],
    [1, 'step.started', { step: 'answer', title: 'Answer' }],
    [3, 'text', { step: 'answer', delta: 'Half' }],
    [20, 'cancel.requested', {}],
    [21, 'attempt.started', { attempt: 2, worker: 'w' }],
    [30, 'attempt.started', { attempt: 3, worker: 'w' }],
    [31, 'task.ended', { state: 'cancelled', error: null }],
  );
  const { attempts: told, events, hasEarlier } = await timeline(id);
  expect(told.map(({ lastSignAt }) => lastSignAt)).toEqual([at(3), at(21), null]);
  expect(events.map(({ seq, type }) => `${seq} ${type}`)).not.toContain('3 text');
  expect(events).toHaveLength(6);
  expect(hasEarlier).toBe(false);
});

test('of a lost attempt that wrote nothing nothing is said', async () => {
  const id = await submit();
  await attempts(id, 1, 1, 'lost');
  expect((await timeline(id)).attempts).toMatchObject([{ attempt: 1, lastSignAt: null }]);
});

test('of very many attempts the last are told', async () => {
  const id = await submit();
  await attempts(id, 1, 205, 'released');
  const { attempts: told, hasEarlier } = await timeline(id);
  expect(hasEarlier).toBe(true);
  expect(told.map(({ attempt }) => attempt)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 6),
  );
});
