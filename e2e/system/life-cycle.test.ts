import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const diff = `diff --git a/pay.ts b/pay.ts
--- a/pay.ts
+++ b/pay.ts
@@ -1,3 +1,6 @@
 export function pay(amount: number) {
+  console.log('paying', amount);
+  const query = "select * from users where id = " + amount;
+  try { charge(amount); } catch {}
   return amount;
 }
`;

const submissions = {
  'assistant.prompt': { prompt: 'Explain how a queue keeps work from being lost.' },
  'code.review': { diff },
  'docs.generate': {
    source: 'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
    filename: 'add.ts',
  },
  'data.extract': {
    text: 'Invoice INV-2041 of 2026-03-04, total 99.50 EUR, contact billing@example.test',
    schema: {
      type: 'object',
      properties: {
        invoiceNumber: { type: 'string' },
        total: { type: 'number' },
        email: { type: 'string' },
      },
      required: ['invoiceNumber', 'total', 'email'],
      additionalProperties: false,
    },
  },
} as const;

let system: System;
let ada: TestPerson;
let client: ApiClient;
let stranger: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  stranger = new ApiClient(system.api.url, await tokenOf(await signUp(system.db, 'stranger')));
  await system.startWorker();
});
afterAll(() => system.stop());

const billed = async (taskId: string) => {
  const { rows } = await system.db.admin.query(
    `select provider_request_id, input_tokens + cache_read_tokens + cache_write_tokens as input, output_tokens as output, cost_nano_usd as cost
     from usage_entries where task_id = $1 order by id`,
    [taskId],
  );
  const response = await fetch(`${system.simulator.url}/_control/calls`);
  const { calls } = (await response.json()) as {
    calls: Array<{ request_id: string; billed: boolean; usage: Record<string, number> }>;
  };
  return { entries: rows, calls };
};

describe.each(Object.entries(submissions))('%s', (kind, input) => {
  test("goes from submission to a stored result whose bill equals the provider's", async () => {
    const { status, body: submitted } = await client.submit(ada.orgId, { kind, input });
    expect(status).toBe(201);

    const events = await client.events(ada.orgId, submitted.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe('attempt.started');
    expect(events.at(-1)).toMatchObject({
      type: 'task.ended',
      data: { state: 'succeeded', error: null },
    });

    const task = await client.task(ada.orgId, submitted.id);
    expect(task).toMatchObject({
      state: 'succeeded',
      simulated: true,
      attempt: 1,
      error: null,
      lastEventSeq: events.length,
    });
    expect(task.usage.costNanoUsd).toBeGreaterThan(0);

    const { entries, calls } = await billed(submitted.id);
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      const call = calls.find(({ request_id }) => request_id === entry.provider_request_id);
      expect(call?.billed).toBe(true);
      expect(call?.usage.output_tokens).toBe(entry.output);
      expect(
        (call?.usage.input_tokens ?? 0) +
          (call?.usage.cache_creation_input_tokens ?? 0) +
          (call?.usage.cache_read_input_tokens ?? 0),
      ).toBe(entry.input);
    }
    expect(task.usage.costNanoUsd).toBe(entries.reduce((sum, { cost }) => sum + cost, 0));
  });
});

describe('results', () => {
  const resultOf = async (kind: keyof typeof submissions) => {
    const { body } = await client.submit(ada.orgId, { kind, input: submissions[kind] });
    await client.events(ada.orgId, body.id);
    return (await client.task(ada.orgId, body.id)).output;
  };

  test('the streamed text of an answer is the stored answer', async () => {
    const { body } = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: submissions['assistant.prompt'],
    });
    const events = await client.events(ada.orgId, body.id);
    const streamed = events
      .map((event) => (event.type === 'text' ? event.data.delta : ''))
      .join('');
    expect((await client.task(ada.orgId, body.id)).output).toEqual({ markdown: streamed });
  });

  test('a review names lines that the diff really adds', async () => {
    const output = (await resultOf('code.review')) as {
      findings: Array<{ file: string; line: number }>;
    };
    expect(output.findings.length).toBeGreaterThan(0);
    for (const { file, line } of output.findings) {
      expect(file).toBe('pay.ts');
      expect([2, 3, 4]).toContain(line);
    }
  });

  test("extracted data satisfies the caller's schema with values of the text", async () => {
    expect(await resultOf('data.extract')).toEqual({
      data: { invoiceNumber: 'INV-2041', total: 99.5, email: 'billing@example.test' },
    });
  });

  test('a second call over the same source reads it from the cache', async () => {
    const source = `export const words = [\n${"  'a fairly long line of source code that counts',\n".repeat(200)}];\n`;
    const { body } = await client.submit(ada.orgId, { kind: 'docs.generate', input: { source } });
    await client.events(ada.orgId, body.id);
    const { usage } = await client.task(ada.orgId, body.id);
    expect(usage.cacheWriteTokens).toBeGreaterThan(1_000);
    expect(usage.cacheReadTokens).toBeGreaterThanOrEqual(usage.cacheWriteTokens);
  });
});

describe('watching', () => {
  test('a stream resumed at any event continues with exactly the next one', async () => {
    const { body } = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: submissions['assistant.prompt'],
    });
    const all = await client.events(ada.orgId, body.id);
    for (const after of [1, 2, all.length - 1]) {
      expect(await client.events(ada.orgId, body.id, after)).toEqual(all.slice(after));
    }
  });

  test('a reader that leaves does not stop the task', async () => {
    await fetch(`${system.simulator.url}/_control/pace`, {
      method: 'PUT',
      body: JSON.stringify({ tokens_per_second: 400, first_token_ms: 20 }),
    });
    const { body } = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: submissions['assistant.prompt'],
    });
    const seen = await client.events(ada.orgId, body.id, 0, ({ type }) => type === 'text');
    const rest = await client.events(ada.orgId, body.id, seen.length);
    expect(rest.at(-1)).toMatchObject({ type: 'task.ended', data: { state: 'succeeded' } });
    await fetch(`${system.simulator.url}/_control/pace`, {
      method: 'PUT',
      body: JSON.stringify({ tokens_per_second: 0, first_token_ms: 0 }),
    });
  });

  test('a stranger gets the same 404 for every address of a task as for one that does not exist', async () => {
    const { body } = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: submissions['assistant.prompt'],
    });
    await client.events(ada.orgId, body.id);
    const nowhere = '01890000-0000-7000-8000-000000000000';
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancellation'],
      ['POST', '/retries'],
      ['GET', '/events'],
    ] as const) {
      const [theirs, missing] = await Promise.all(
        [`${ada.orgId}/tasks/${body.id}`, `${nowhere}/tasks/${nowhere}`].map((place) =>
          stranger.call(method, `/v1/orgs/${place}${path}`),
        ),
      );
      expect(theirs?.status).toBe(404);
      expect({ ...theirs?.body, instance: null }).toEqual({ ...missing?.body, instance: null });
    }
    expect((await stranger.call('GET', `/v1/orgs/${ada.slug}/tasks`)).status).toBe(404);
    expect((await stranger.call('GET', `/v1/orgs/${ada.orgId}/events`)).status).toBe(404);
  });
});

describe('the clock of the queue', () => {
  test('a delayed task starts by its due time, not by the slow poll', async () => {
    const runAt = new Date(Date.now() + 700).toISOString();
    const { body } = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: submissions['assistant.prompt'],
      runAt,
    });
    await client.events(ada.orgId, body.id);
    const task = await client.task(ada.orgId, body.id);
    expect(task.state).toBe('succeeded');
    expect(Date.parse(task.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(runAt));
  });

  test('a burst larger than the worker has slots is all done', async () => {
    const submitted = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        client.submit(ada.orgId, { kind: 'assistant.prompt', input: { prompt: `Question ${n}` } }),
      ),
    );
    await Promise.all(submitted.map(({ body }) => client.events(ada.orgId, body.id)));
    const ids = submitted.map(({ body }) => body.id);
    await eventually('all thirty succeeded', async () => {
      const { rows } = await system.db.admin.query(
        `select count(*)::int as n from tasks where state = 'succeeded' and id = any($1)`,
        [ids],
      );
      return rows[0].n === 30;
    });
  });
});
