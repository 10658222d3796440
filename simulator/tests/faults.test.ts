import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { eventually, queueFault, readCalls, startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
let url: string;
beforeAll(async () => {
  ({ simulator, client, url } = await startSimulator());
});
afterEach(async () => {
  await fetch(`${url}/_control/faults`, { method: 'DELETE' });
});
afterAll(() => simulator.close());

const request = {
  model: 'claude-sonnet-5-5',
  max_tokens: 2_000,
  messages: [{ role: 'user' as const, content: 'Explain how tides follow the moon.' }],
};
const lastCall = async () => (await readCalls(url)).at(-1);
const outputTokens = (call: Record<string, unknown> | undefined) =>
  (call?.usage as { output_tokens: number } | null)?.output_tokens;
const failureOf = (promise: PromiseLike<unknown>) =>
  Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('faults', () => {
  test('a status fault reaches the client as the API error and is not billed', async () => {
    await queueFault(url, {
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '2' },
      details: { error_code: 'enforced_spend_limit_reached' },
    });
    const error = await failureOf(client.messages.create(request));
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    expect(error).toMatchObject({
      status: 429,
      type: 'rate_limit_error',
      errorCode: 'enforced_spend_limit_reached',
    });
    expect((error as InstanceType<typeof Anthropic.APIError>).headers?.get('retry-after')).toBe(
      '2',
    );
    expect(await lastCall()).toMatchObject({ outcome: 'fault:status', billed: false, usage: null });
  });

  test('faults are used up in order, by matching calls only', async () => {
    await queueFault(url, { kind: 'status', status: 500, match: { contains: 'volcano' } });
    await queueFault(url, { kind: 'status', status: 529, times: 2 });
    const volcano = { ...request, messages: [{ role: 'user' as const, content: 'A volcano?' }] };
    expect(await failureOf(client.messages.create(request))).toMatchObject({ status: 529 });
    expect(await failureOf(client.messages.create(volcano))).toMatchObject({ status: 500 });
    expect(await failureOf(client.messages.create(volcano))).toMatchObject({ status: 529 });
    expect((await client.messages.create(request)).stop_reason).toBe('end_turn');
  });

  test('a cut stream rejects and is billed for exactly the tokens that went out', async () => {
    await queueFault(url, { kind: 'cut', after_tokens: 40 });
    const stream = client.messages.stream(request);
    let text = '';
    stream.on('text', (delta) => {
      text += delta;
    });
    expect(await failureOf(stream.finalMessage())).toBeInstanceOf(Error);
    expect(text.length).toBe(40 * 3.6);
    const call = await lastCall();
    expect(call).toMatchObject({ outcome: 'fault:cut', billed: true });
    expect(outputTokens(call)).toBe(40);
  });

  test('an early end closes the stream politely without message_stop', async () => {
    await queueFault(url, { kind: 'early_end', after_tokens: 10 });
    const types: string[] = [];
    const raw = await client.messages.create({ ...request, stream: true });
    for await (const event of raw) types.push(event.type);
    expect(types).toContain('content_block_delta');
    expect(types).not.toContain('message_stop');
    expect(await lastCall()).toMatchObject({ outcome: 'fault:early_end', billed: true });
  });

  test('an error event arrives inside a 200', async () => {
    await queueFault(url, { kind: 'error_event', after_tokens: 5 });
    const error = await failureOf(client.messages.stream(request).finalMessage());
    expect(error).toMatchObject({ type: 'overloaded_error' });
    expect(outputTokens(await lastCall())).toBe(5);
  });

  test('a garbled event breaks the stream for the client, who pays for what came', async () => {
    await queueFault(url, { kind: 'garbled', after_tokens: 5 });
    const error = await failureOf(client.messages.stream(request).finalMessage());
    expect(error).toBeInstanceOf(Error);
    const call = await eventually(lastCall);
    expect(call).toMatchObject({ billed: true });
    expect(call?.outcome).toMatch(/^(client_gone|fault:garbled)$/);
  });

  test.each([true, false])('a lost reply is billed in full (stream: %s)', async (stream) => {
    await queueFault(url, { kind: 'lost_reply' });
    const error = await failureOf(client.messages.create({ ...request, stream }));
    expect(error).toBeInstanceOf(Anthropic.APIConnectionError);
    const lost = await lastCall();
    expect(lost).toMatchObject({
      outcome: 'fault:lost_reply',
      billed: true,
      stop_reason: 'end_turn',
    });
    const again = await client.messages.create(request);
    expect(outputTokens(lost)).toBe(again.usage.output_tokens);
  });

  test('a call that hangs ends only when the client leaves, and costs nothing', async () => {
    await queueFault(url, { kind: 'hang' });
    const controller = new AbortController();
    const failed = failureOf(client.messages.create(request, { signal: controller.signal }));
    await eventually(async () => {
      const faults = await (await fetch(`${url}/_control/faults`)).json();
      return (faults as { faults: unknown[] }).faults.length === 0 || undefined;
    });
    controller.abort();
    await failed;
    const call = await eventually(async () => {
      const last = await lastCall();
      return last?.outcome === 'fault:hang' ? last : undefined;
    });
    expect(call.billed).toBe(false);
  });

  test('a client that hangs up during a stall is billed for what it received', async () => {
    await queueFault(url, { kind: 'stall', after_tokens: 20, ms: 600_000 });
    const raw = await client.messages.create({ ...request, stream: true });
    let text = '';
    for await (const event of raw) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
        text += event.delta.text;
      }
      if (text.length >= 20 * 3.6) break;
    }
    const call = await eventually(async () => {
      const last = await lastCall();
      return last?.outcome === 'client_gone' ? last : undefined;
    });
    expect(call.billed).toBe(true);
    expect(outputTokens(call)).toBe(20);
  });

  test('a stall that ends lets the whole message through', async () => {
    await queueFault(url, { kind: 'stall', after_tokens: 20, ms: 1 });
    const message = await client.messages.stream(request).finalMessage();
    expect(message.stop_reason).toBe('end_turn');
    expect(await lastCall()).toMatchObject({ outcome: 'fault:stall', billed: true });
  });

  test.each(['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded'])(
    'the stop reason can be %s',
    async (stopReason) => {
      await queueFault(url, { kind: 'stop_reason', stop_reason: stopReason });
      const message = await client.messages.stream(request).finalMessage();
      expect(message.stop_reason).toBe(stopReason);
      expect(message.stop_details === null).toBe(stopReason !== 'refusal');
    },
  );

  test.each(['truncated', 'invalid', 'wrong_shape'])(
    'structured output can be %s',
    async (mode) => {
      await queueFault(url, { kind: 'bad_json', mode });
      const schema = {
        type: 'object',
        additionalProperties: false,
        required: ['summary'],
        properties: { summary: { type: 'string' } },
      };
      const message = await client.messages.create({
        ...request,
        output_config: { format: { type: 'json_schema', schema } },
      });
      const block = message.content[0];
      const text = block?.type === 'text' ? block.text : '';
      if (mode === 'wrong_shape') expect(JSON.parse(text)).not.toHaveProperty('summary');
      else expect(() => JSON.parse(text)).toThrow();
    },
  );

  test('characters survive being split across packets', async () => {
    const german = {
      ...request,
      messages: [
        { role: 'user' as const, content: 'Prüfe die Größenänderung für 東京 und 🌊 bitte.' },
      ],
    };
    const whole = await client.messages.create(german);
    await queueFault(url, { kind: 'split_utf8' });
    const split = await client.messages.stream(german).finalMessage();
    expect(split.content).toEqual(whole.content);
  });

  test('an answer can be grown to megabytes', async () => {
    await queueFault(url, { kind: 'huge', bytes: 2_000_000 });
    const message = await client.messages.stream(request).finalMessage();
    const block = message.content[0];
    expect(block?.type === 'text' ? block.text.length : 0).toBeGreaterThan(1_900_000);
  });

  test('a slow fault still delivers everything', async () => {
    await queueFault(url, { kind: 'slow', tokens_per_second: 5_000 });
    const message = await client.messages.stream(request).finalMessage();
    expect(message.stop_reason).toBe('end_turn');
    expect(await lastCall()).toMatchObject({ outcome: 'fault:slow', billed: true });
  });

  test('a fault the simulator does not know is refused', async () => {
    await expect(queueFault(url, { kind: 'meteor' })).rejects.toThrow('invalid_request_error');
  });
});
