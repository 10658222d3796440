import type { TaskExplanation } from '@devsphere/shared/contracts/http/explanation.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { reconcileCalls } from '../../worker/src/upkeep/reconcile-calls.ts';
import { UsageReport } from '../../worker/src/upkeep/reconciliation/usage-report.ts';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

/** Nothing is late here, and everything has ended before the job runs. */
const patience = { settleSeconds: 0, sureSeconds: 0, estimateSeconds: 0 };
const config = {
  everySeconds: 30,
  days: 2,
  windows: 20,
  callsOfWindow: 100,
  patience: { provider: patience, simulator: patience },
};

let system: System;
let ada: TestPerson;
let bob: TestPerson;
beforeAll(async () => {
  system = await startSystem();
  [ada, bob] = [await signUp(system.db, 'ada'), await signUp(system.db, 'bob')];
  await system.startWorker({ idleSeconds: 1 });
});
afterAll(() => system.stop());

const reportOf = (adminKey = 'sk-ant-admin01-test', apiKey = 'test') =>
  new UsageReport({ baseUrl: system.simulator.url, adminKey, apiKey });
const reconcile = (report: UsageReport | null = reportOf()) =>
  reconcileCalls(system.db.database, report, config).runOnce();
const rows = async (sql: string, ...values: unknown[]) =>
  (await system.db.admin.query(sql, values)).rows;

/** Runs a task to its end while calls go wrong in this way. */
async function runWith(person: TestPerson, ...faults: object[]): Promise<string> {
  await fetch(`${system.simulator.url}/_control/faults`, {
    method: 'POST',
    body: JSON.stringify(faults),
  });
  const client = new ApiClient(system.api.url, await tokenOf(person));
  const input = { prompt: 'Explain how a durable queue keeps work from being lost.' };
  const { body } = await client.submit(person.orgId, { kind: 'assistant.prompt', input });
  await client.events(person.orgId, body.id);
  return body.id;
}
const explain = async (person: TestPerson, taskId: string) =>
  (
    await new ApiClient(system.api.url, await tokenOf(person)).call<TaskExplanation>(
      'GET',
      `/v1/orgs/${person.orgId}/tasks/${taskId}/explanation`,
    )
  ).body;

/** Tokens by the provider's own log, and by our ledger. */
async function bothLedgers() {
  const { calls } = (await (await fetch(`${system.simulator.url}/_control/calls`)).json()) as {
    calls: Array<{ billed: boolean; usage: Record<string, number> | null }>;
  };
  const of = (name: string) =>
    calls.reduce((sum, { billed, usage }) => sum + (billed ? (usage?.[name] ?? 0) : 0), 0);
  const [ours] = await rows(
    `select sum(input_tokens)::int as input, sum(output_tokens)::int as output, sum(cost_nano_usd)::bigint as cost from usage_entries`,
  );
  const [tasks] = await rows(
    `select sum(input_tokens)::int as input, sum(output_tokens)::int as output, sum(cost_nano_usd)::bigint as cost from tasks`,
  );
  return { theirs: { input: of('input_tokens'), output: of('output_tokens') }, ours, tasks };
}
async function expectNoDifference() {
  const { theirs, ours, tasks } = await bothLedgers();
  expect(ours).toMatchObject(theirs);
  expect(tasks).toEqual(ours);
}
const callsOf = (taskId: string) =>
  rows('select state, cost_nano_usd as cost from llm_calls where task_id = $1 order by id', taskId);

test('a lost reply, alone in its minutes, is booked exactly, and the task, the ledger and the explanation say from where', async () => {
  const taskId = await runWith(ada, { kind: 'lost_reply' });
  expect(await explain(ada, taskId)).toMatchObject({ cost: { unknownCalls: 1 } });
  expect(await reconcile()).toEqual({ reconciled: 1, notBilled: 0, waiting: 0 });
  await expectNoDifference();
  expect((await callsOf(taskId)).map(({ state }) => state)).toEqual(['reconciled', 'completed']);
  const entries = await rows(
    `select source, input_tokens, output_tokens, cost_nano_usd from usage_entries where task_id = $1 order by source`,
    taskId,
  );
  expect(entries.map(({ source }) => source)).toEqual(['reply', 'report']);
  const [task] = await rows('select cost_nano_usd from tasks where id = $1', taskId);
  expect(entries[0].cost_nano_usd + entries[1].cost_nano_usd).toBe(task.cost_nano_usd);
  expect(await explain(ada, taskId)).toMatchObject({
    cost: { nanoUsd: task.cost_nano_usd, unknownCalls: 0, reconciledCalls: 1 },
  });
});

test('a call that the provider never billed has failed and cost nothing', async () => {
  const taskId = await runWith(ada, { kind: 'hang' });
  expect(await reconcile()).toEqual({ reconciled: 0, notBilled: 1, waiting: 0 });
  expect(await callsOf(taskId)).toEqual([
    { state: 'failed', cost: 0 },
    { state: 'completed', cost: expect.any(Number) },
  ]);
  await expectNoDifference();
});

test('several at once, of several organisations, are booked so that the sum is exact, by whichever of many workers comes first', async () => {
  const cut = { kind: 'cut', after_tokens: 5 };
  const stall = { kind: 'stall', after_tokens: 5, ms: 60_000 };
  await runWith(ada, cut);
  await runWith(bob, { kind: 'lost_reply' });
  await runWith(bob, stall);
  const results = await Promise.all([reconcile(), reconcile(), reconcile()]);
  expect(results.reduce((sum, { reconciled = 0 }) => sum + reconciled, 0)).toBe(3);
  await expectNoDifference();
  expect(await rows(`select 1 from usage_entries where source = 'share'`)).toHaveLength(3);
  const again = await reconcile();
  expect(again).toEqual({ reconciled: 0, notBilled: 0, waiting: 0 });
  await expectNoDifference();
});

test('without an Admin key, with one that is refused, or for a key the provider does not know, nothing is guessed', async () => {
  const taskId = await runWith(ada, { kind: 'lost_reply' });
  expect(await reconcile(null)).toEqual({ reconciled: 0, notBilled: 0, waiting: 0 });
  await expect(reconcile(reportOf('sk-ant-api03-no-admin'))).rejects.toThrow('401');
  await expect(reconcile(reportOf(undefined, 'another'))).rejects.toThrow('0 that look like');
  expect(await explain(ada, taskId)).toMatchObject({
    cost: { unknownCalls: 1, reconciledCalls: 0 },
  });
  await reconcile();
  await expectNoDifference();
});

test('one of which it is too early to tell is left for later', async () => {
  await runWith(ada, { kind: 'hang' });
  const patient = { settleSeconds: 0, sureSeconds: 600, estimateSeconds: 900 };
  const job = reconcileCalls(system.db.database, reportOf(), {
    ...config,
    patience: { provider: patient, simulator: patient },
  });
  expect(await job.runOnce()).toEqual({ reconciled: 0, notBilled: 0, waiting: 1 });
});

test("calls of an organisation's own key are neither booked nor counted among the platform's", async () => {
  const taskId = await runWith(ada, { kind: 'lost_reply' });
  await rows(`update llm_calls set paid_by = 'organization' where task_id = $1`, taskId);
  await reconcile();
  expect((await callsOf(taskId))[0]).toMatchObject({ state: 'unknown', cost: null });
});
