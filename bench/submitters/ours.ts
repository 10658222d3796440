import { randomUUID } from 'node:crypto';
import { submitTask } from '../../shared/src/commands/submit-task.ts';
import { openDatabase } from '../../shared/src/db/database.ts';
import { signUp, type TestPerson } from '../../shared/src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../shared/src/testing/test-database.ts';
import { sampleTask, type shortTask } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

export type Ours = Submitter & { test: TestDatabase; person: TestPerson };

/** `submitTask` as a signed-in person: row, job, audit entry and idempotency key in one transaction under RLS. */
export async function openOurs(
  connections: number,
  task: typeof sampleTask | typeof shortTask = sampleTask,
): Promise<Ours> {
  const test = await createTestDatabase();
  const person = await signUp(test, 'bench');
  // Room for all that is handed in: a benchmark is no tenant of the smallest plan.
  await test.admin.query(`update organizations set plan = 'scale'`);
  const database = openDatabase({
    url: test.url,
    name: 'bench',
    maxConnections: connections,
    onError: () => {},
  });
  const context = { database, boss: test.boss, actor: person.actor, requestId: null };
  return {
    name: 'ours: row, job, audit, key; 1 transaction, RLS',
    test,
    person,
    submit: async (runAt) => {
      const submitted = await submitTask(context, {
        ...task,
        orgId: person.orgId,
        idempotencyKey: randomUUID(),
        ...(runAt ? { runAt: runAt.toISOString() } : {}),
      });
      return submitted.task.id;
    },
    analyze: async () => void (await test.admin.query('analyze')),
    close: async () => {
      await database.close();
      await test.close();
    },
  };
}
