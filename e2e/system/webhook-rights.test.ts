import type {
  WebhookEndpoint,
  WebhookEndpointWithSecret,
} from '@devsphere/shared/contracts/http/webhook.ts';
import { join, signUp, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ allowPrivateAddresses: false });
});
afterAll(() => system.stop());

test("a webhook is an admin's to manage: a member is refused, a stranger finds nothing, and nothing changes", async () => {
  const ada = await signUp(system.db, 'ada');
  const max = await signUp(system.db, 'max');
  await join(system.db, max, ada.orgId, 'member');
  const [api, member, eve] = await Promise.all(
    [ada, max, await signUp(system.db, 'eve')].map(
      async (person) => new ApiClient(system.api.url, await tokenOf(person)),
    ),
  );
  if (!api || !member || !eve) throw new Error('somebody is missing');
  const webhooks = `/v1/orgs/${ada.orgId}/webhooks`;
  const body = { url: 'https://example.com/hook', events: ['task.failed'] };
  const made = await api.call<WebhookEndpointWithSecret>('POST', webhooks, body);
  expect(made.status).toBe(201);
  const at = `${webhooks}/${made.body.endpoint.id}`;
  for (const [who, status] of [
    [member, 403],
    [eve, 404],
  ] as const) {
    for (const [method, path, sent] of [
      ['GET', webhooks, undefined],
      ['POST', webhooks, body],
      ['PATCH', at, body],
      ['POST', `${at}/secrets`, undefined],
      ['POST', `${at}/tests`, undefined],
      ['POST', `${at}/disabling`, undefined],
      ['DELETE', at, undefined],
    ] as const)
      expect([method, path, (await who.call(method, path, sent)).status]).toEqual([
        method,
        path,
        status,
      ]);
  }
  expect((await api.call<WebhookEndpoint>('GET', at)).body).toEqual(made.body.endpoint);
});

test('an address inside is refused at the door, naming its field', async () => {
  const ada = await signUp(system.db, 'ada');
  const api = new ApiClient(system.api.url, await tokenOf(ada));
  for (const url of [
    'http://example.com',
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:127.0.0.1]/',
    'https://user:secret@example.com/',
  ]) {
    const { status, body } = await api.call<{ errors: Array<{ field: string }> }>(
      'POST',
      `/v1/orgs/${ada.orgId}/webhooks`,
      { url, events: ['task.failed'] },
    );
    expect([url, status, body.errors[0]?.field]).toEqual([url, 400, 'url']);
  }
});
