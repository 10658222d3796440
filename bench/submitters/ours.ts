import { randomUUID } from 'node:crypto';
import { submitTask } from '../../shared/src/commands/submit-task.ts';
import { openDatabase } from '../../shared/src/db/database.ts';
import { signUp, type TestPerson } from '../../shared/src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../shared/src/testing/test-database.ts';
import { makePlansGenerous } from '../lab/generous-plans.ts';
import { failFirst, sampleTask } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

export type Ours = Submitter & {
  test: TestDatabase;
  person: TestPerson;
  /** Hands in a task whose first start fails. */
  submitFailing: () => Promise<string>;
};

/** `submitTask` as a signed-in person: row, job, audit entry, key and reservation in one transaction under RLS. */
export async function openOurs(connections: number): Promise<Ours> {
  const test = await createTestDatabase();
  const person = await signUp(test, 'bench');
  await makePlansGenerous(test.admin);
  const database = openDatabase({
    url: test.url,
    name: 'bench',
    maxConnections: connections,
    onError: () => {},
  });
  const context = { database, boss: test.boss, actor: person.actor, requestId: null };
  const submit = async (task: ReturnType<typeof sampleTask>, runAt?: Date) => {
    await submitTask(context, {
      ...task,
      orgId: person.orgId,
      idempotencyKey: randomUUID(),
      ...(runAt ? { runAt: runAt.toISOString() } : {}),
    });
    return task.input.prompt;
  };
  return {
    name: 'ours: row, job, audit, key, reservation; 1 transaction, RLS',
    test,
    person,
    submit: (runAt) => submit(sampleTask(), runAt),
    submitFailing: () => submit(sampleTask(failFirst)),
    analyze: async () => void (await test.admin.query('analyze')),
    close: async () => {
      await database.close();
      await test.close();
    },
  };
}
