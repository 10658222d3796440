import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { readCalls, startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
let url: string;
beforeAll(async () => {
  ({ simulator, client, url } = await startSimulator({ controlToken: undefined }));
});
afterAll(() => simulator.close());

const HEADERS = { 'x-api-key': 'k', 'anthropic-version': '2026-10-21' };
const VALID = {
  model: 'claude-haiku-5-5',
  max_tokens: 50,
  messages: [{ role: 'user', content: 'Hi' }],
};

async function post(
  body: unknown,
  headers: Record<string, string> = HEADERS,
  path = '/v1/messages',
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url + path, { method: 'POST', headers, body: text });
  const reply = (await response.json()) as { error: { type: string; message: string } };
  return { status: response.status, ...reply };
}

describe('bad requests', () => {
  test.each([
    ['no key', VALID, { 'anthropic-version': '2026-10-21' }, 401, 'authentication_error'],
    ['no version', VALID, { 'x-api-key': 'k' }, 400, 'invalid_request_error'],
    [
      'an unknown version',
      VALID,
      { ...HEADERS, 'anthropic-version': '1999-01-01' },
      400,
      'invalid_request_error',
    ],
    ['broken JSON', '{', HEADERS, 400, 'invalid_request_error'],
    ['an unknown model', { ...VALID, model: 'gpt-2' }, HEADERS, 404, 'not_found_error'],
    ['33 megabytes', 'x'.repeat(33 * 1024 * 1024), HEADERS, 413, 'request_too_large'],
  ])('%s gets the API’s own error', async (_name, body, headers, status, type) => {
    const reply = await post(body, headers as Record<string, string>);
    expect(reply).toMatchObject({ type: 'error', status, error: { type } });
    const call = (await readCalls(url)).at(-1);
    expect(call).toMatchObject({ outcome: `error:${type}`, billed: false });
  });

  test.each([
    [{ ...VALID, max_tokens: undefined }, 'max_tokens: Field required'],
    [{ ...VALID, messages: [] }, 'messages: at least one message is required'],
    [{ ...VALID, temperature: 1 }, 'temperature: '],
    [{ ...VALID, colour: 'red' }, 'colour: Extra inputs are not permitted'],
    [
      { ...VALID, messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'messages.0.content.0.text: Field required',
    ],
    [{ ...VALID, messages: [{ role: 'robot', content: 'x' }] }, 'messages.0.role: '],
    [{ ...VALID, messages: [...VALID.messages, { role: 'assistant', content: 'So' }] }, 'prefill'],
    [{ ...VALID, max_tokens: 1_000_000 }, 'max_tokens: 1000000 > 64000'],
    [
      { ...VALID, messages: [{ role: 'user', content: 'word '.repeat(200_000) }] },
      'prompt is too long: ',
    ],
  ])('the message names the field (%#)', async (body, message) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect(reply.error.message).toContain(message);
  });

  test('paths and hosts that make no sense are answered, not fatal', async () => {
    for (const path of ['//', '/%E0%A4%A', '/v1/models/%E0%A4%A']) {
      const response = await fetch(url + path, { headers: HEADERS });
      expect(response.status).toBe(404);
    }
  });

  test('an unknown path is a 404 in the same form', async () => {
    expect(await post(VALID, HEADERS, '/v1/poems')).toMatchObject({ status: 404, type: 'error' });
  });
});

describe('good requests', () => {
  test('models are listed, page by page, and found by id', async () => {
    const ids: string[] = [];
    for await (const model of client.models.list({ limit: 3 })) ids.push(model.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('claude-opus-5-5');
    expect((await client.models.retrieve('claude-opus-5-5')).display_name).toBe('Claude Opus 5.5');
  });

  test('count_tokens agrees with what a call is charged', async () => {
    const prompt = {
      model: 'claude-sonnet-5-5',
      system: 'Be brief.',
      messages: [{ role: 'user' as const, content: 'How deep is the sea?' }],
    };
    const counted = await client.messages.countTokens(prompt);
    const message = await client.messages.create({ ...prompt, max_tokens: 100 });
    expect(message.usage.input_tokens).toBe(counted.input_tokens);
  });

  test('a stop sequence ends the answer before it', async () => {
    const message = await client.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 2_000,
      stop_sequences: ['## '],
      messages: [{ role: 'user', content: 'Explain how lighthouses work.' }],
    });
    expect(message).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: '## ' });
    expect(JSON.stringify(message.content)).not.toContain('## ');
  });

  test('thinking comes first, signed, and its tokens are counted', async () => {
    const message = await client.messages
      .stream({
        model: 'claude-sonnet-5-5',
        max_tokens: 2_000,
        thinking: { type: 'adaptive' },
        messages: [{ role: 'user', content: 'Explain how lighthouses work.' }],
      })
      .finalMessage();
    expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text']);
    expect(message.usage.output_tokens_details?.thinking_tokens).toBeGreaterThan(0);
  });
});
