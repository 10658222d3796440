import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { taskEventsQuery } from '@devsphere/shared/queries/list-task-events.ts';
import { contextOf, signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SharedReads, untilRecheck } from '../src/events/shared-reads.ts';

let db: TestDatabase;
let ada: TestPerson;
let bob: TestPerson;
let taskId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  [ada, bob] = [await signUp(db, 'ada'), await signUp(db, 'bob')];
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: 'What is a lease?' },
    orgId: ada.orgId,
    idempotencyKey: null,
  });
  taskId = task.id;
});
afterAll(() => db.close());

test('readers who share a transaction see what each of them may, and one who may not disturbs nobody', async () => {
  const reads = new SharedReads(db.database);
  const query = () => taskEventsQuery({ orgId: ada.orgId, taskId, afterSeq: 0, limit: 10 });
  const readers = Array.from({ length: 20 }, (_, n) => (n % 2 ? bob : ada));
  const answers = await Promise.allSettled(readers.map(({ actor }) => reads.read(actor, query())));
  for (const [n, answer] of answers.entries())
    expect(answer).toMatchObject(
      readers[n] === ada
        ? { status: 'fulfilled', value: { state: 'queued', lastSeq: 0 } }
        : { status: 'rejected', reason: { code: 'not_found' } },
    );
});

test('a read that the database refuses is refused alone', async () => {
  const reads = new SharedReads(db.database);
  const one = { values: [], of: (rows: unknown[]) => rows };
  const answers = await Promise.allSettled([
    reads.read(ada.actor, { ...one, text: 'select 1 as n' }),
    reads.read(bob.actor, { ...one, text: 'select 1 / 0' }),
    reads.read(ada.actor, { ...one, text: 'select 2 as n' }),
  ]);
  expect(answers).toMatchObject([
    { value: [{ n: 1 }] },
    { reason: { code: '22012' } },
    { value: [{ n: 2 }] },
  ]);
});

test('all open streams look at the same moments', () => {
  for (const now of [0, 1, 3_999, 4_000, 12_345]) {
    const next = now + untilRecheck(now);
    expect(next % 4_000).toBe(0);
    expect(untilRecheck(now)).toBeLessThanOrEqual(4_000);
  }
});
