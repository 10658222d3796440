import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
let url: string;
let clock = Date.parse('2026-11-23T08:00:00Z');
let handbook = '';
let edition = 0;
beforeAll(async () => {
  ({ simulator, client, url } = await startSimulator({ now: () => new Date(clock) }));
});
beforeEach(() => {
  edition += 1;
  handbook = `Edition ${edition}. ${'The house rules apply to everybody. '.repeat(200)}`;
});
afterAll(() => simulator.close());

const ask = async (question: string, ttl: '5m' | '1h' = '5m', from: Anthropic = client) => {
  const message = await from.messages.create({
    model: 'claude-haiku-5-5',
    max_tokens: 50,
    system: [{ type: 'text', text: handbook, cache_control: { type: 'ephemeral', ttl } }],
    messages: [{ role: 'user', content: question }],
  });
  return message.usage;
};

describe('prompt caching', () => {
  test('the first call writes the marked prefix and the next one reads it', async () => {
    const first = await ask('Who may enter?');
    expect(first.cache_creation_input_tokens).toBeGreaterThan(1_024);
    expect(first.cache_creation?.ephemeral_5m_input_tokens).toBe(first.cache_creation_input_tokens);
    expect(first.cache_read_input_tokens).toBe(0);
    const second = await ask('When does it close?');
    expect(second.cache_read_input_tokens).toBe(first.cache_creation_input_tokens);
    expect(second.cache_creation_input_tokens).toBe(0);
  });

  test('an entry lives five minutes after its last use, an hour when asked', async () => {
    await ask('One?');
    clock += 4 * 60_000;
    expect((await ask('Two?')).cache_read_input_tokens).toBeGreaterThan(0);
    clock += 4 * 60_000;
    expect((await ask('Three?')).cache_read_input_tokens).toBeGreaterThan(0);
    clock += 5 * 60_000;
    const late = await ask('Four?', '1h');
    expect(late.cache_read_input_tokens).toBe(0);
    expect(late.cache_creation?.ephemeral_1h_input_tokens).toBeGreaterThan(0);
    clock += 59 * 60_000;
    expect((await ask('Five?', '1h')).cache_read_input_tokens).toBeGreaterThan(0);
  });

  test('the three input fields always add up to the whole prompt', async () => {
    const sum = (usage: Anthropic.Usage) =>
      usage.input_tokens +
      (usage.cache_creation_input_tokens ?? 0) +
      (usage.cache_read_input_tokens ?? 0);
    expect(sum(await ask('Same?'))).toBe(sum(await ask('Same?')));
  });

  test('another organisation does not read our cache, and short prefixes are not cached', async () => {
    await ask('Ours?');
    const stranger = new Anthropic({ baseURL: url, apiKey: 'stranger', maxRetries: 0 });
    expect((await ask('Theirs?', '5m', stranger)).cache_read_input_tokens).toBe(0);
    handbook = 'A short rule.';
    expect((await ask('Short?')).cache_creation_input_tokens).toBe(0);
  });
});
