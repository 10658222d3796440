import type Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { queueFault, readCalls, startSimulator } from './start-simulator.ts';

type Result = {
  model: string | null;
  api_key_id: string | null;
  uncached_input_tokens: number;
  output_tokens: number;
  cache_creation: { ephemeral_1h_input_tokens: number; ephemeral_5m_input_tokens: number };
  cache_read_input_tokens: number;
};
type Report = {
  data: Array<{ starting_at: string; ending_at: string; results: Result[] }>;
  has_more: boolean;
  next_page: string | null;
};

let now: Date;
let simulator: Simulator;
let client: Anthropic;
let url: string;
beforeEach(async () => {
  now = new Date('2026-11-20T10:00:30Z');
  ({ simulator, client, url } = await startSimulator({ now: () => now }));
});
afterEach(() => simulator.close());

const ask = async (query: string, key = 'sk-ant-admin01-test', path = 'usage_report/messages') => {
  const response = await fetch(`${url}/v1/organizations/${path}?${query}`, {
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
  });
  return { status: response.status, body: (await response.json()) as Report };
};
const message = (model: string, by = client) =>
  by.messages
    .stream({ model, max_tokens: 60, messages: [{ role: 'user', content: 'Name three rivers.' }] })
    .finalMessage();
const hour = 'starting_at=2026-11-20T10:00:00Z&ending_at=2026-11-20T11:00:00Z';

describe('the usage report', () => {
  test('has what the log billed, lost replies too, by minute and model, with empty minutes between', async () => {
    await message('claude-haiku-5-5');
    await queueFault(url, { kind: 'lost_reply' });
    await message('claude-haiku-5-5').catch(() => {});
    await queueFault(url, { kind: 'status', status: 529 });
    await message('claude-haiku-5-5').catch(() => {});
    now = new Date('2026-11-20T10:02:00Z');
    await message('claude-sonnet-5-5');
    const { body } = await ask(`${hour}&bucket_width=1m&group_by[]=model`);
    expect(body.data).toHaveLength(60);
    expect(body.data.map(({ results }) => results.length).slice(0, 4)).toEqual([1, 0, 1, 0]);
    const billed = (await readCalls(url)).filter(
      ({ billed, model }) => billed && model === 'claude-haiku-5-5',
    );
    expect(billed).toHaveLength(2);
    const sum = (field: string) =>
      billed.reduce(
        (total, { usage }) => total + Number((usage as Record<string, number>)[field]),
        0,
      );
    expect(body.data[0]).toEqual({
      starting_at: '2026-11-20T10:00:00.000Z',
      ending_at: '2026-11-20T10:01:00.000Z',
      results: [
        expect.objectContaining({
          model: 'claude-haiku-5-5',
          api_key_id: null,
          uncached_input_tokens: sum('input_tokens'),
          output_tokens: sum('output_tokens'),
          cache_read_input_tokens: 0,
        }),
      ],
    });
  });

  test('is filtered by key, whose id the list of keys tells by its hint', async () => {
    const other = client.withOptions({ apiKey: 'sk-ant-api03-another-key-than-the-first' });
    await message('claude-haiku-5-5');
    await message('claude-haiku-5-5', other);
    const { body: listed } = await ask('', undefined, 'api_keys');
    const keys = listed.data as unknown as Array<{ id: string; partial_key_hint: string }>;
    expect(keys.map(({ partial_key_hint }) => partial_key_hint)).toEqual([
      'sk-ant-api03-ano...irst',
      'test-key...-key',
    ]);
    const { body } = await ask(
      `${hour}&bucket_width=1h&group_by[]=api_key_id&api_key_ids[]=${keys[0]?.id}`,
    );
    expect(body.data[0]?.results.map(({ api_key_id }) => api_key_id)).toEqual([keys[0]?.id]);
  });

  test('comes by pages, and leaves out a bucket that is not over', async () => {
    await message('claude-haiku-5-5');
    const first = await ask(`${hour}&bucket_width=1m&limit=40`);
    expect(first.body).toMatchObject({ has_more: true, next_page: expect.any(String) });
    const second = await ask(`${hour}&bucket_width=1m&limit=40&page=${first.body.next_page}`);
    expect(second.body).toMatchObject({ has_more: false, next_page: null });
    expect([first.body.data.length, second.body.data.length]).toEqual([40, 20]);
    const unfinished = await ask('starting_at=2026-11-20T10:00:00Z&bucket_width=1m');
    expect(unfinished.body.data).toEqual([]);
  });

  test.each([
    ['a key for messages', 'sk-ant-api03-test', hour, 401],
    ['no beginning', undefined, 'bucket_width=1m', 400],
    ['a width of its own', undefined, `${hour}&bucket_width=5m`, 400],
    ['more buckets than a page has', undefined, `${hour}&bucket_width=1m&limit=1441`, 400],
    ['a dimension that is none', undefined, `${hour}&group_by[]=mood`, 400],
  ])('refuses %s', async (_name, key, query, status) => {
    expect((await ask(query, key)).status).toBe(status);
  });
});
