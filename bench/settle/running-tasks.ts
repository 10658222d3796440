import { randomUUID } from 'node:crypto';
import { submitBulk } from '../../shared/src/commands/submit-bulk.ts';
import { asSystem } from '../../shared/src/db/doors.ts';
import { contextOf, signUp, type TestPerson } from '../../shared/src/testing/people.ts';
import type { TestDatabase } from '../../shared/src/testing/test-database.ts';
import type { CallRecord } from '../../worker/src/claude/stream-message.ts';
import { Controls } from '../../worker/src/intake/controls.ts';
import { TaskTaker } from '../../worker/src/intake/take-tasks.ts';
import type { OpenCall } from '../../worker/src/runner/call-ledger.ts';
import type { Claim } from '../../worker/src/runner/claim.ts';
import { makePlansGenerous } from '../lab/generous-plans.ts';
import { sampleTask } from '../submitters/sample-task.ts';

/** A running task whose one call has come to its end. */
export type Running = { claim: Claim; call: OpenCall; record: CallRecord };

/** What the call used, as it is priced. */
export const used = {
  inputTokens: 100,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 50,
  costNanoUsd: 700_000,
};

const people = new WeakMap<TestDatabase, TestPerson>();

/** So many tasks of one organisation, claimed by a worker, each with an open call. */
export async function openRunning(test: TestDatabase, count: number): Promise<Running[]> {
  const person = people.get(test) ?? (await signUp(test, 'bench'));
  people.set(test, person);
  await makePlansGenerous(test.admin);
  const tasks = Array.from({ length: count }, () => sampleTask());
  for (let from = 0; from < count; from += 500)
    await submitBulk(contextOf(test, person), {
      orgId: person.orgId,
      tasks: tasks.slice(from, from + 500),
      idempotencyKey: null,
    });
  const controls = new Controls();
  await asSystem(test.database, 'bench', (tx) => controls.read(tx));
  const taker = new TaskTaker({
    database: test.database,
    queue: 'tasks.claude',
    worker: 'bench',
    controls,
  });
  const claims: Claim[] = [];
  while (claims.length < count) {
    const { tasks: taken } = await taker.take(Math.min(200, count - claims.length), {
      claim: true,
    });
    if (taken.length === 0) throw new Error('the tasks could not be claimed');
    claims.push(...taken.flatMap(({ claim }) => (claim ? [claim] : [])));
  }
  const running = claims.map((claim) => ({ claim, call: openCallOf(), record: recordOf() }));
  await test.admin.query(
    `insert into llm_calls (org_id, id, task_id, attempt, step_key, model)
     select $1, id, task_id, 1, 'answer', 'claude-sonnet-5-5' from unnest($2::uuid[], $3::uuid[]) as c (id, task_id)`,
    [person.orgId, running.map(({ call }) => call.id), running.map(({ claim }) => claim.taskId)],
  );
  await test.admin.query('analyze tasks; analyze task_attempts; analyze llm_calls');
  return running;
}

function openCallOf(): OpenCall {
  return {
    id: randomUUID(),
    stepKey: 'answer',
    model: 'claude-sonnet-5-5',
    paidBy: 'platform',
    prices: [],
  };
}

function recordOf(): CallRecord {
  return {
    requestId: `req_${randomUUID()}`,
    messageId: null,
    stopReason: 'end_turn',
    usage: { input_tokens: 100, output_tokens: 50 },
    simulated: true,
    text: 'Done.',
  };
}
