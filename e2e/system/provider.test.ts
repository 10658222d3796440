import { setProviderLimits } from '@devsphere/shared/commands/operator/set-provider-limits.ts';
import type { TaskExplanation } from '@devsphere/shared/contracts/http/explanation.ts';
import { providerOverview } from '@devsphere/shared/queries/operator/provider-overview.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let ada: TestPerson;
let olga: TestPerson;
let client: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  olga = await signUpOperator(system.db, 'olga');
  await system.db.admin.query(
    'update organizations set plan = (select plan from plans order by concurrent_tasks desc limit 1)',
  );
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

const submitMany = async (count: number) => {
  const ids: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    const { body } = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: { prompt: `What is the square of ${n}?` },
    });
    ids.push(body.id);
  }
  return ids;
};
const becomesKnown = (reason: string) =>
  eventually(`a task that waits for ${reason}`, async () => {
    const { rows } = await system.db.admin.query(
      `select id from tasks where state = 'queued' and error_code = $1 limit 1`,
      [reason],
    );
    if (!rows[0]) return false;
    const path = `/v1/orgs/${ada.orgId}/tasks/${rows[0].id}/explanation`;
    const { body } = await client.call<TaskExplanation>('GET', path);
    return body.reason === reason && body.until !== null && body;
  });
const allSucceed = (ids: string[]) =>
  eventually(
    'all tasks succeeded',
    async () => {
      const { rows } = await system.db.admin.query(
        'select distinct state, error_code from tasks where id = any ($1)',
        [ids],
      );
      expect(rows).toEqual([{ state: 'succeeded', error_code: null }]);
      return true;
    },
    40_000,
  );
const callsOf = async (ids: string[]) =>
  (
    await system.db.admin.query(
      `select count(*)::int as calls, count(*) filter (where state = 'failed')::int as failed
       from llm_calls where task_id = any ($1)`,
      [ids],
    )
  ).rows[0];

test('while the provider fails tasks wait without calling it, and go on when it answers', async () => {
  await fetch(`${system.simulator.url}/_control/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: 'status', status: 529, times: 9 }),
  });
  const ids = await submitMany(30);
  const worker = await system.startWorker({ concurrency: 8 });
  const { text } = await becomesKnown('provider_unavailable');
  expect(text).toContain('goes on by itself');
  await allSucceed(ids);
  // Every task was paid once; beside that only the calls that the provider refused.
  expect(await callsOf(ids)).toEqual({ calls: 39, failed: 9 });
  const overview = await providerOverview(
    system.db.database,
    operatorContextOf(system.db, olga).actor,
  );
  expect(overview.openedAt).toBeNull();
  await worker.stop(5);
}, 60_000);

test('what an operator limits is kept to, and the tasks beyond it say so and take their turn', async () => {
  await setProviderLimits(operatorContextOf(system.db, olga), {
    requestsPerMinute: 60,
    tokensPerMinute: null,
    reason: 'because of a test',
  });
  const worker = await system.startWorker({ concurrency: 10 });
  const ids = await submitMany(14);
  const { attempts } = await becomesKnown('provider_limit');
  expect(attempts.made).toBeLessThan(attempts.allowed);
  await allSucceed(ids);
  expect(await callsOf(ids)).toEqual({ calls: 14, failed: 0 });
  const { rows } = await system.db.admin.query(
    `select action, reason from operator_actions where target = 'platform'`,
  );
  expect(rows).toEqual([{ action: 'provider.limits_set', reason: 'because of a test' }]);
  await worker.stop(5);
}, 60_000);

test('limits that are none are refused, naming the field', async () => {
  await expect(
    setProviderLimits(operatorContextOf(system.db, olga), {
      requestsPerMinute: 0,
      tokensPerMinute: null,
      reason: 'because of a test',
    }),
  ).rejects.toMatchObject({ code: 'invalid_request' });
});
