import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { contextOf, type TestPerson } from '@devsphere/shared/testing/people.ts';
import type { TestDatabase } from '@devsphere/shared/testing/test-database.ts';

/** A new task of somebody's organisation, for the assistant. Returns its id. */
export async function submitQuestion(db: TestDatabase, person: TestPerson): Promise<string> {
  const { task } = await submitTask(contextOf(db, person), {
    orgId: person.orgId,
    kind: 'assistant.prompt',
    input: { prompt: 'What is a lease?' },
    idempotencyKey: null,
  });
  return task.id;
}
