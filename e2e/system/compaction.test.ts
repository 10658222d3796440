import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventCompaction } from '../../worker/src/upkeep/compact-events.ts';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let ada: TestPerson;
let client: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  await system.startWorker();
});
afterAll(() => system.stop());

test('a reader whose connection broke in the middle of a text gets the rest of it, merged meanwhile', async () => {
  // Slow enough for many pieces.
  await fetch(`${system.simulator.url}/_control/pace`, {
    method: 'PUT',
    body: JSON.stringify({ tokens_per_second: 200, first_token_ms: 0 }),
  });
  const { body } = await client.submit(ada.orgId, {
    kind: 'assistant.prompt',
    input: { prompt: 'Explain how a durable queue keeps work from being lost.' },
  });
  const live = await client.events(ada.orgId, body.id);
  const textAfter = (events: typeof live, seq: number) =>
    events
      .map((event) => (event.type === 'text' && event.seq > seq ? event.data.delta : ''))
      .join('');
  const texts = live.filter(({ type }) => type === 'text').map(({ seq }) => seq);
  expect(texts.length).toBeGreaterThan(5);

  await system.db.admin.query(`update tasks set ended_at = now() - interval '10 minutes'`);
  const { events: spared = 0 } = await eventCompaction(system.db.database).runOnce();
  expect(spared).toBeGreaterThan(texts.length / 2);
  for (const seq of [0, texts[0] ?? 0, texts[4] ?? 0, texts.at(-2) ?? 0]) {
    const rest = await client.events(ada.orgId, body.id, seq);
    expect(textAfter(rest, seq)).toBe(textAfter(live, seq));
    expect(rest.at(-1)).toEqual(live.at(-1));
    for (const event of rest)
      if (event.type === 'text') expect(Object.keys(event.data)).toEqual(['step', 'delta']);
  }
}, 60_000);
