import type {
  DeliveryPage,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
} from '@devsphere/shared/contracts/http/webhook.ts';
import type { OutgoingEvent } from '@devsphere/shared/contracts/outgoing-events.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { join, signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { ApiClient } from './client.ts';
import { Receiver } from './receiver.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let receiver: Receiver;
let ada: TestPerson;
let api: ApiClient;
let member: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  receiver = await Receiver.listen();
  ada = await signUp(system.db, 'ada');
  const max = await signUp(system.db, 'max');
  await join(system.db, max, ada.orgId, 'member');
  api = new ApiClient(system.api.url, await tokenOf(ada));
  member = new ApiClient(system.api.url, await tokenOf(max));
  await system.startWorker({
    plan: {
      delaysSeconds: [0, 0, 0],
      failuresInARow: 50,
      failingSeconds: 0,
      errandDelaysSeconds: [],
    },
  });
});
afterAll(async () => {
  await system.stop();
  await receiver.close();
});

const webhooks = () => `/v1/orgs/${ada.orgId}/webhooks`;

async function create(
  path: string,
  events: OutgoingEvent[] = ['task.succeeded'],
): Promise<WebhookEndpointWithSecret> {
  const { status, body } = await api.call<WebhookEndpointWithSecret>('POST', webhooks(), {
    url: `${receiver.url}${path}`,
    events,
  });
  expect(status).toBe(201);
  return body;
}

async function endpoint(id: string): Promise<WebhookEndpoint> {
  return (await api.call<WebhookEndpoint>('GET', `${webhooks()}/${id}`)).body;
}

/** The newest delivery of an endpoint, once it came to its end. */
function ended(id: string): Promise<WebhookDelivery> {
  return eventually('the end of a delivery', async () => {
    const { body } = await api.call<DeliveryPage>('GET', `${webhooks()}/${id}/deliveries`);
    return body.deliveries[0]?.state === 'pending' ? undefined : body.deliveries[0];
  });
}

async function detail(id: string, delivery: string): Promise<WebhookDeliveryDetail> {
  return (
    await api.call<WebhookDeliveryDetail>('GET', `${webhooks()}/${id}/deliveries/${delivery}`)
  ).body;
}

function submit(prompt = 'Say hello'): Promise<{ body: { id: string } }> {
  return api.submit(ada.orgId, { kind: 'assistant.prompt', input: { prompt } });
}

const verified = (secret: string, { headers, body }: Receiver['received'][number]) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string;
    data: Record<string, unknown>;
  };

test('a webhook asked for twice with one key is made once', async () => {
  const ask = () =>
    api.call(
      'POST',
      webhooks(),
      { url: `${receiver.url}/once`, events: ['task.failed'] },
      {
        'idempotency-key': 'once',
      },
    );
  expect((await ask()).status).toBe(201);
  const again = await ask();
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const { rows } = await system.db.admin.query(
    'select from webhook_endpoints where org_id = $1 and url like $2',
    [ada.orgId, '%/once'],
  );
  expect(rows).toHaveLength(1);
});

describe('a webhook', () => {
  test('tells of a task that succeeded, signed, and keeps what was sent and what came back', async () => {
    const { endpoint: made, secret } = await create('/hello');
    const { body: task } = await submit();
    const received = await eventually('the message', () => receiver.at('/hello')[0]);
    const message = verified(secret, received);
    expect(message).toMatchObject({
      type: 'task.succeeded',
      data: { id: task.id, orgId: ada.orgId, kind: 'assistant.prompt', state: 'succeeded' },
    });
    expect(() => verified(secret, { ...received, body: `${received.body} ` })).toThrow();
    const { id, state } = await eventually('the log', () => ended(made.id));
    expect(state).toBe('delivered');
    expect(received.headers['webhook-id']).toBe(`msg_${id}`);
    const { payload, log } = await detail(made.id, id);
    expect(payload).toEqual(JSON.parse(received.body));
    expect(log).toMatchObject([
      { attempt: 1, status: 200, responseBody: 'thank you', error: null },
    ]);
    expect(JSON.stringify(log)).not.toContain(received.headers['webhook-signature']);
    const [job] = (
      await system.db.admin.query(`select data from pgboss.job where name = 'webhooks' limit 1`)
    ).rows;
    expect(Object.keys(job.data).sort()).toEqual(['deliveryId', 'orgId', 'version']);
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });

  test('is tried again under the same id until it is taken, and sent again when somebody asks', async () => {
    const { endpoint: made, secret } = await create('/flaky');
    receiver.answer = () =>
      receiver.at('/flaky').length < 3 ? { status: 503, body: 'later' } : { status: 204 };
    await submit();
    const delivery = await eventually('three attempts', async () => {
      const found = await ended(made.id);
      return found?.attempts === 3 && found;
    });
    const messages = receiver.at('/flaky');
    expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(messages.map(({ body }) => body)).size).toBe(1);
    for (const message of messages) verified(secret, message);
    const { log } = await detail(made.id, delivery.id);
    expect(log.map(({ status }) => status)).toEqual([204, 503, 503]);
    expect(await endpoint(made.id)).toMatchObject({ failures: 0, state: 'enabled' });

    const again = `${webhooks()}/${made.id}/deliveries/${delivery.id}/redelivery`;
    expect((await api.call('POST', again)).status).toBe(202);
    await eventually('the fourth', () => receiver.at('/flaky').length === 4);
    expect(receiver.at('/flaky')[3]?.headers['webhook-id']).toBe(`msg_${delivery.id}`);
    receiver.answer = () => ({ status: 200 });
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });

  test('that fails to the end is disabled with a reason, hears nothing more, and again after it is enabled', async () => {
    const { endpoint: made } = await create('/broken');
    receiver.answer = () => ({ status: 500 });
    await submit();
    const disabled = await eventually('the end of patience', async () => {
      const now = await endpoint(made.id);
      return now.state === 'disabled' && now;
    });
    expect(disabled.disabledReason).toMatch(/answered 500/);
    expect(receiver.at('/broken')).toHaveLength(4);
    const { rows } = await system.db.admin.query(
      `select actor_type from audit_entries where action = 'webhook.disabled' and target_id = $1`,
      [made.id],
    );
    expect(rows).toEqual([{ actor_type: 'system' }]);

    receiver.answer = () => ({ status: 200 });
    const test = await api.call<WebhookDelivery>('POST', `${webhooks()}/${made.id}/tests`);
    expect(test.status).toBe(202);
    await eventually('the test message', () => receiver.at('/broken').length === 5);
    await api.call('POST', `${webhooks()}/${made.id}/enabling`);
    expect(await endpoint(made.id)).toMatchObject({ state: 'enabled', failures: 0 });
    await submit();
    await eventually('the next message', () => receiver.at('/broken').length === 6);
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });

  test('that says it is gone is disabled at once', async () => {
    const { endpoint: made } = await create('/gone');
    receiver.answer = () => ({ status: 410 });
    await submit();
    await eventually('disabled', async () => (await endpoint(made.id)).state === 'disabled');
    expect(receiver.at('/gone')).toHaveLength(1);
    receiver.answer = () => ({ status: 200 });
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });

  test('hears of a task that was cancelled before any worker had it, by whoever may cancel it', async () => {
    const { endpoint: made } = await create('/ends', ['task.failed', 'task.cancelled']);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { body: waiting } = await api.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: { prompt: 'x' },
      runAt: later,
    });
    await member.call('POST', `/v1/orgs/${ada.orgId}/tasks/${waiting.id}/cancellation`);
    const told = () =>
      receiver.at('/ends').map(({ body }) => {
        const { type, data } = JSON.parse(body);
        return [type, data.id, data.state];
      });
    await eventually('the cancellation', () => told().length === 1);
    expect(told()).toEqual([['task.cancelled', waiting.id, 'cancelled']]);
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });

  test('signs with the old and the new secret for a day after a rotation', async () => {
    const { endpoint: made, secret: old } = await create('/rotated');
    const { body } = await api.call<WebhookEndpointWithSecret>(
      'POST',
      `${webhooks()}/${made.id}/secrets`,
    );
    expect(body.secret).not.toBe(old);
    await api.call('POST', `${webhooks()}/${made.id}/tests`);
    const received = await eventually('the message', () => receiver.at('/rotated')[0]);
    verified(old, received);
    verified(body.secret, received);
    await system.db.admin.query(
      `update webhook_secrets set expires_at = now() - interval '1 minute' where expires_at is not null`,
    );
    await api.call('POST', `${webhooks()}/${made.id}/tests`);
    const next = await eventually('the next message', () => receiver.at('/rotated')[1]);
    expect(() => verified(old, next)).toThrow();
    verified(body.secret, next);
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });

  test('does not follow a redirect, and reads only the beginning of an answer', async () => {
    const { endpoint: made } = await create('/moved');
    receiver.answer = () => ({
      status: 302,
      headers: { location: `${receiver.url}/elsewhere`, 'set-cookie': 'session=secret' },
      body: 'x'.repeat(100_000),
    });
    await api.call('POST', `${webhooks()}/${made.id}/tests`);
    const { id, state } = await eventually('the end', () => ended(made.id));
    const { log } = await detail(made.id, id);
    expect(state).toBe('failed');
    expect(log[0]?.error).toMatch(/redirects/);
    expect(log[0]?.responseBody).toHaveLength(4_096);
    expect(JSON.stringify(log)).not.toContain('session=secret');
    expect(receiver.at('/elsewhere')).toEqual([]);
    receiver.answer = () => ({ status: 200 });
    await api.call('DELETE', `${webhooks()}/${made.id}`);
  });
});
