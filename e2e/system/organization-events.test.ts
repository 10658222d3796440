import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let ada: TestPerson;
let client: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

/** What an open stream of the organisation has told so far, by type. */
async function watch(query: string): Promise<{ seen: string[]; close: () => void }> {
  const closing = new AbortController();
  const response = await fetch(`${system.api.url}/v1/orgs/${ada.orgId}/events${query}`, {
    headers: { authorization: `Bearer ${await tokenOf(ada)}` },
    signal: closing.signal,
  });
  expect(response.status).toBe(200);
  const seen: string[] = [];
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
      seen.push(...[...chunk.matchAll(/^event: (.+)$/gm)].map(([, type]) => type ?? ''));
  };
  read().catch(() => {});
  return { seen, close: () => closing.abort() };
}

test('a stream about the organisation tells that it was paused and resumed, and of no task', async () => {
  const [everything, itself] = [await watch(''), await watch('?about=organization')];
  await client.submit(ada.orgId, { kind: 'assistant.prompt', input: { prompt: 'Hello' } });
  await eventually('the task to be told', async () => everything.seen.includes('task'));
  const path = `/v1/orgs/${ada.orgId}/pause`;
  await client.call('PUT', path, {});
  await eventually('the pause to be told', async () => itself.seen.length === 1);
  await client.call('DELETE', path);
  await eventually('the resumption to be told', async () => itself.seen.length === 2);
  expect(new Set(itself.seen)).toEqual(new Set(['organization']));
  await eventually('it to be told beside the tasks too', async () =>
    everything.seen.includes('organization'),
  );
  everything.close();
  itself.close();
});

test('anything else to be told about is refused', async () => {
  const { status } = await client.call('GET', `/v1/orgs/${ada.orgId}/events?about=weather`);
  expect(status).toBe(400);
});
