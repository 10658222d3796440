import { once } from 'node:events';
import { type Database, openDatabase } from '@devsphere/shared/db/database.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Pass, ProviderGate, platformAccount } from '../src/claude/provider-gate.ts';
import type { TaskTaker } from '../src/intake/take-tasks.ts';
import type { Claim } from '../src/runner/claim.ts';
import { failureOf } from '../src/runner/failures.ts';
import { Heartbeats } from '../src/runner/heartbeats.ts';
import { runAttempt } from '../src/runner/run-attempt.ts';
import type { RunnerOptions } from '../src/runner/runner.ts';
import type { TaskContext } from '../src/runner/task-context.ts';
import { TaskWriter } from '../src/runner/task-writer.ts';
import { openTaker } from './open-taker.ts';
import { submitQuestion } from './submit-question.ts';

const log = createLogger('test', 'silent');
let db: TestDatabase;
let ada: TestPerson;
let taker: TaskTaker;
/** A database that nobody can reach. */
let away: Database;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  taker = await openTaker(db);
  const url = 'postgres://devsphere_app@127.0.0.1:1/nobody';
  away = openDatabase({ url, name: 'away', maxConnections: 1, onError: () => {} });
});
afterAll(async () => {
  await away.close();
  await db.close();
});

async function claimed(): Promise<Claim> {
  await submitQuestion(db, ada);
  const [taken] = (await taker.take(1, { claim: true })).tasks;
  if (!taken?.claim) throw new Error('nothing was claimed');
  return taken.claim;
}

type Handler = (context: TaskContext, stopped: AbortSignal) => Promise<unknown>;

/** Runs an attempt whose handler is `handle`, and tells what became of it. */
async function run(claim: Claim, handle: Handler, options: Partial<RunnerOptions> = {}) {
  const controller = new AbortController();
  const handler = (_input: unknown, context: TaskContext) => handle(context, controller.signal);
  const all = {
    database: db.database,
    boss: db.boss,
    writer: new TaskWriter(db.database),
    heartbeats: new Heartbeats(db.database, log),
    gate: new ProviderGate(db.database, log),
    handlers: { 'assistant.prompt': handler },
    name: 'w',
    log,
    ...options,
  } as unknown as RunnerOptions;
  await runAttempt(all, claim, controller);
  const { rows } = await db.admin.query(
    `select t.state, t.max_attempts - $3 as more, a.state as attempt, j.state as job from tasks t
     join task_attempts a on a.task_id = t.id and a.attempt = t.attempt join pgboss.job j on j.id = $2 where t.id = $1`,
    [claim.taskId, claim.jobId, claim.maxAttempts],
  );
  return rows[0];
}

test('an attempt that could not tell what it does because the database was away goes back as it came', async () => {
  const handle: Handler = async (context, stopped) => {
    context.progress(0, 1, 'Reading');
    if (!stopped.aborted) await once(stopped, 'abort');
    throw new Error('stopped');
  };
  expect(await run(await claimed(), handle, { writer: new TaskWriter(away) })).toEqual({
    state: 'queued',
    more: 1,
    attempt: 'released',
    job: 'retry',
  });
  await db.boss.deleteAllJobs('tasks.claude');
});

test('a task that was asked to stop while its attempt failed does not wait for another', async () => {
  const claim = await claimed();
  const handle: Handler = async () => {
    await db.admin.query('update tasks set cancel_requested_at = now() where id = $1', [
      claim.taskId,
    ]);
    throw failureOf('model_overloaded', { retryAfterSeconds: 3_600 });
  };
  expect(await run(claim, handle)).toEqual({
    state: 'cancelled',
    more: 0,
    attempt: 'cancelled',
    job: 'completed',
  });
});

test('a call that could not be made takes nothing from the limits of its account', async () => {
  await db.admin.query(
    `insert into provider_gates (account, tokens_per_minute) values ('platform', 6000)`,
  );
  const gate = new ProviderGate(db.database, log);
  const passes: Pass[] = [];
  const permits = {
    ask: async () => {
      const pass = await gate.pass(platformAccount, 1_000);
      passes.push(pass);
      return { client: null, paidBy: 'platform', judge: null, pass };
    },
  } as never;
  const request = { model: 'claude-haiku-5-5', max_tokens: 900, messages: [] } as never;
  const handle: Handler = (context) => context.ask('answer', 'Answer', request, (text) => text);
  // The row that a call is preceded by can't be written.
  expect(
    await run(await claimed(), handle, { permits, gate, writer: new TaskWriter(away) }),
  ).toEqual(expect.objectContaining({ state: 'queued', job: 'retry' }));
  expect(passes).toMatchObject([{ verdict: 'counted', reserved: 1_000 }]);
  const { rows } = await db.admin.query('select tokens_left::int as left from provider_gates');
  expect(rows).toEqual([{ left: 1_000 }]);
});
