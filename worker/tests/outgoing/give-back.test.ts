import { createEndpoint } from '@devsphere/shared/commands/webhooks/create-endpoint.ts';
import { sendTest } from '@devsphere/shared/commands/webhooks/send-test.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import type { WebhookJob } from '@devsphere/shared/queue/webhook-queue.ts';
import { contextOf, signUp } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createGuardedAgent } from '../../src/outgoing/guarded-agent.ts';
import { defaultRetryPlan } from '../../src/outgoing/retry-plan.ts';
import { sendWebhook } from '../../src/outgoing/send-webhook.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

test('a message whose secret no key here opens is given back, waits longer each time, and loses no attempt', async () => {
  const ada = await signUp(db, 'ada');
  const outgoing = { sealingKey: testSealing.sealingKey(), allowPrivateAddresses: false };
  const context = { ...contextOf(db, ada), outgoing };
  const { endpoint } = await createEndpoint(context, {
    idempotencyKey: null,
    orgId: ada.orgId,
    url: 'https://example.com/',
    events: ['task.failed'],
  });
  const delivery = await sendTest(context, { orgId: ada.orgId, endpointId: endpoint.id });
  const agent = createGuardedAgent({ allowPrivateAddresses: false });
  const deps = {
    database: db.database,
    boss: db.boss,
    keys: [],
    agent,
    plan: defaultRetryPlan,
    log: createLogger('test', 'silent'),
  };
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const [job] = await db.boss.fetch<WebhookJob>(serviceQueues.webhooks.name);
    if (!job) throw new Error('the job is not there');
    await sendWebhook(deps, job);
    const { rows } = await db.admin.query(
      `update pgboss.job set start_after = now() where id = $1 and state = 'retry' returning
         extract(epoch from (select start_after from pgboss.job where id = $1) - now())::float8 as wait`,
      [job.id],
    );
    waits.push(Math.round(rows[0].wait));
  }
  expect(waits).toEqual([1, 2, 4]);
  const { rows } = await db.admin.query(
    'select state, attempts from webhook_deliveries where id = $1',
    [delivery.id],
  );
  expect(rows).toEqual([{ state: 'pending', attempts: 0 }]);
  await agent.close();
});
