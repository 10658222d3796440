import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { eventually, queueFault, readCalls, startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
let url: string;
beforeAll(async () => {
  ({ simulator, client, url } = await startSimulator());
});
afterAll(() => simulator.close());

const item = (customId: string, content = `Explain ${customId} briefly.`) => ({
  custom_id: customId,
  params: {
    model: 'claude-haiku-5-5',
    max_tokens: 300,
    messages: [{ role: 'user' as const, content }],
  },
});

const ended = (id: string) =>
  eventually(async () => {
    const batch = await client.messages.batches.retrieve(id);
    return batch.processing_status === 'ended' ? batch : undefined;
  });

async function resultsOf(id: string) {
  const results = new Map<string, Anthropic.Messages.MessageBatchResult>();
  for await (const line of await client.messages.batches.results(id)) {
    results.set(line.custom_id, line.result);
  }
  return results;
}

const paceBatches = (perSecond: number) =>
  fetch(`${url}/_control/pace`, {
    method: 'PUT',
    body: JSON.stringify({ batch_items_per_second: perSecond }),
  });

describe('message batches', () => {
  test('every request has exactly one result, and each is billed as batch', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `topic-${index}`);
    const created = await client.messages.batches.create({ requests: ids.map((id) => item(id)) });
    expect(created.request_counts).toMatchObject({ processing: 12, succeeded: 0 });
    const batch = await ended(created.id);
    expect(batch.request_counts).toMatchObject({ processing: 0, succeeded: 12 });
    const results = await resultsOf(batch.id);
    expect([...results.keys()].sort()).toEqual([...ids].sort());
    expect([...results.keys()]).not.toEqual(ids);
    const calls = (await readCalls(url)).filter((call) => call.batch_id === batch.id);
    expect(calls).toHaveLength(12);
    expect(calls.every((call) => call.billed === true && call.batch === true)).toBe(true);
  });

  test('bad, refused and expired items do not disturb the others', async () => {
    await queueFault(url, {
      kind: 'status',
      status: 500,
      match: { endpoint: 'batch_item', contains: 'unlucky' },
    });
    await queueFault(url, { kind: 'expire', match: { endpoint: 'batch_item', contains: 'late' } });
    const invalid = { ...item('invalid'), params: { ...item('x').params, max_tokens: 0 } };
    const created = await client.messages.batches.create({
      requests: [item('fine'), item('unlucky'), item('late'), invalid],
    });
    await ended(created.id);
    const results = await resultsOf(created.id);
    expect(results.get('fine')?.type).toBe('succeeded');
    expect(results.get('late')?.type).toBe('expired');
    expect(results.get('unlucky')).toMatchObject({
      type: 'errored',
      error: { error: { type: 'api_error' } },
    });
    expect(results.get('invalid')).toMatchObject({
      error: { error: { type: 'invalid_request_error' } },
    });
  });

  test('cancelling ends the batch, and what was not processed is neither done nor billed', async () => {
    await paceBatches(0.5);
    const created = await client.messages.batches.create({ requests: [item('a'), item('b')] });
    const canceled = await client.messages.batches.cancel(created.id);
    expect(canceled.processing_status).toBe('canceling');
    await paceBatches(0);
    const batch = await eventually(async () => {
      const now = await client.messages.batches.retrieve(created.id);
      return now.processing_status === 'ended' ? now : undefined;
    }, 100_000);
    expect(batch.request_counts).toMatchObject({ canceled: 2, succeeded: 0 });
    expect((await readCalls(url)).some((call) => call.batch_id === batch.id)).toBe(false);
  });

  test('a lost create reply still made a batch, which the list shows', async () => {
    const before = (await client.messages.batches.list()).data.length;
    await queueFault(url, { kind: 'lost_reply', match: { endpoint: 'batches' } });
    await expect(client.messages.batches.create({ requests: [item('lost')] })).rejects.toThrow();
    const after = await client.messages.batches.list();
    expect(after.data).toHaveLength(before + 1);
    await ended(after.data[0]?.id ?? '');
  });

  test('results that are cut off fail while being read', async () => {
    const created = await client.messages.batches.create({ requests: [item('p'), item('q')] });
    await ended(created.id);
    await queueFault(url, { kind: 'cut', match: { endpoint: 'batch_results' } });
    await expect(resultsOf(created.id)).rejects.toThrow();
    expect((await resultsOf(created.id)).size).toBe(2);
  });

  test.each([['has space'], ['x'.repeat(65)], ['']])('the custom_id %p is refused', async (id) => {
    await expect(client.messages.batches.create({ requests: [item(id)] })).rejects.toThrow(
      /requests\.0\.custom_id/,
    );
  });

  test('the same custom_id twice is refused, and another key sees no batch of ours', async () => {
    const twice = client.messages.batches.create({ requests: [item('same'), item('same')] });
    await expect(twice).rejects.toThrow(/unique/);
    const created = await client.messages.batches.create({ requests: [item('mine')] });
    const stranger = new Anthropic({ baseURL: url, apiKey: 'other-key', maxRetries: 0 });
    await expect(stranger.messages.batches.retrieve(created.id)).rejects.toMatchObject({
      status: 404,
    });
    await ended(created.id);
  });
});
