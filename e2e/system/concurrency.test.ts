import { changePlan } from '@devsphere/shared/commands/operator/change-plan.ts';
import { liftConcurrency } from '@devsphere/shared/commands/operator/lift-concurrency.ts';
import { setConcurrency } from '@devsphere/shared/commands/operator/set-concurrency.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

/** Of the free plan. */
const limit = 5;
let system: System;
beforeAll(async () => {
  system = await startSystem();
  // Every answer takes longer than the test looks.
  await fetch(`${system.simulator.url}/_control/pace`, {
    method: 'PUT',
    body: JSON.stringify({ tokens_per_second: 1, first_token_ms: 0 }),
  });
});
afterAll(() => system.stop());

const submitAs = async (person: TestPerson, count: number) => {
  const client = new ApiClient(system.api.url, await tokenOf(person));
  const input = { prompt: 'Explain how a durable queue keeps work from being lost.' };
  for (let n = 0; n < count; n += 1)
    await client.submit(person.orgId, { kind: 'assistant.prompt', input });
};
const running = async ({ orgId }: TestPerson): Promise<number> => {
  const { rows } = await system.db.admin.query(
    `select count(*)::int as n from tasks where org_id = $1 and state = 'running'`,
    [orgId],
  );
  return rows[0].n;
};

test('an organisation runs as many tasks at once as its plan has, others pass by, and a larger plan holds at once', async () => {
  const [huge, small] = [await signUp(system.db, 'huge'), await signUp(system.db, 'small')];
  await submitAs(huge, limit + 4);
  await submitAs(small, 1);
  // Two that look in the same instant may exceed a limit by what both took: one, to be exact.
  await system.startWorker({ concurrency: 20 });
  await eventually(
    'the small one runs beside the huge one',
    async () => (await running(small)) === 1 && (await running(huge)) >= limit,
  );
  expect(await running(huge)).toBe(limit);
  await submitAs(small, 1);
  await eventually('the next of the small one', async () => (await running(small)) === 2);
  expect(await running(huge)).toBe(limit);

  const operator = operatorContextOf(system.db, await signUpOperator(system.db, 'olga'));
  await changePlan(operator, { orgId: huge.orgId, plan: 'pro', reason: 'because of a test' });
  await eventually('all of them run', async () => (await running(huge)) === limit + 4);
}, 60_000);

test('what an operator sets instead of the plan’s number holds at once, over all workers, and so does lifting it', async () => {
  const launching = await signUp(system.db, 'launching');
  // What the test before left running holds slots of the first.
  await system.startWorker({ concurrency: 20 });
  await submitAs(launching, limit + 4);
  await eventually('as many run as the plan has', async () => (await running(launching)) >= limit);
  expect(await running(launching)).toBe(limit);
  const operator = operatorContextOf(system.db, await signUpOperator(system.db, 'otto'));
  const { orgId } = launching;
  const reason = 'because of a test';
  const began = performance.now();
  await setConcurrency(operator, { orgId, concurrentTasks: limit + 2, reason });
  await eventually('two more run', async () => (await running(launching)) === limit + 2);
  // Heard of by notification, not by the next look.
  expect(performance.now() - began).toBeLessThan(1_500);
  await setConcurrency(operator, { orgId, concurrentTasks: 1, reason });
  await submitAs(launching, 1);
  expect(await running(launching)).toBe(limit + 2);
  await liftConcurrency(operator, { orgId, reason });
  await setConcurrency(operator, { orgId, concurrentTasks: 100, reason });
  await eventually('all of them run', async () => (await running(launching)) === limit + 5);
}, 60_000);

test('an organisation that has as many waiting as its plan lets wait is asked to come back later, and others are not', async () => {
  const [patient, other] = [await signUp(system.db, 'patient'), await signUp(system.db, 'other')];
  const client = new ApiClient(system.api.url, await tokenOf(patient));
  const later = {
    kind: 'assistant.prompt',
    input: { prompt: 'Explain how a durable queue keeps work from being lost.' },
    runAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  await system.db.admin.query(`update plans set waiting_tasks = 2 where plan = 'free'`);
  for (let n = 0; n < 2; n += 1)
    expect((await client.submit(patient.orgId, later)).status).toBe(201);
  const refused = await client.submit(patient.orgId, later);
  expect(refused).toMatchObject({ status: 429, body: { code: 'queue_full' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const others = new ApiClient(system.api.url, await tokenOf(other));
  expect((await others.submit(other.orgId, later)).status).toBe(201);
});
