import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { readCalls, startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
let url: string;
beforeAll(async () => {
  ({ simulator, client, url } = await startSimulator());
});
afterAll(() => simulator.close());

const ask = (content: string) => ({
  model: 'claude-sonnet-5-5',
  max_tokens: 2_000,
  messages: [{ role: 'user' as const, content }],
});

describe('messages', () => {
  test('a stream ends in the same message as a plain call', async () => {
    const whole = await client.messages.create(
      ask('Explain keyset pagination to a new colleague.'),
    );
    const streamed = await client.messages
      .stream(ask('Explain keyset pagination to a new colleague.'))
      .finalMessage();
    expect(streamed.content).toEqual(whole.content);
    expect(streamed.stop_reason).toBe('end_turn');
    expect(streamed.usage).toEqual(whole.usage);
    expect(streamed.id).toMatch(/^msg_sim_/);
  });

  test('every reply says that it is simulated and carries its request id', async () => {
    const { response, request_id } = await client.messages
      .create(ask('Hello there'))
      .withResponse();
    expect(response.headers.get('x-simulated')).toBe('true');
    expect(response.headers.get('anthropic-ratelimit-requests-limit')).not.toBeNull();
    expect(request_id).toMatch(/^req_sim_/);
    const call = (await readCalls(url)).find((entry) => entry.request_id === request_id);
    expect(call).toMatchObject({ outcome: 'completed', billed: true, stop_reason: 'end_turn' });
  });

  test('an answer stops at max_tokens and says so', async () => {
    const message = await client.messages.create({ ...ask('Write about tides.'), max_tokens: 5 });
    expect(message.stop_reason).toBe('max_tokens');
    expect(message.usage.output_tokens).toBe(5);
  });
});
