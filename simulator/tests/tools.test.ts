import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../src/server.ts';
import { startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
beforeAll(async () => {
  ({ simulator, client } = await startSimulator());
});
afterAll(() => simulator.close());

const weather: Anthropic.Tool = {
  name: 'get_weather',
  description: 'Returns the current weather of a city.',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
    required: ['city', 'unit'],
  },
};
const question = { role: 'user' as const, content: 'What is the weather?\nCity: Lisbon' };
const base = { model: 'claude-sonnet-5-5', max_tokens: 1_000, tools: [weather] };

describe('tools', () => {
  test('a forced tool is called with input that satisfies its schema', async () => {
    const message = await client.messages
      .stream({ ...base, messages: [question], tool_choice: { type: 'tool', name: 'get_weather' } })
      .finalMessage();
    expect(message.stop_reason).toBe('tool_use');
    const call = message.content.find((block) => block.type === 'tool_use');
    expect(call).toMatchObject({ name: 'get_weather', input: { city: 'Lisbon' } });
    expect(['celsius', 'fahrenheit']).toContain(
      (call?.input as { unit: string } | undefined)?.unit,
    );
  });

  test('a prompt that clearly asks for a tool gets it without being forced, any other does not', async () => {
    const asked = await client.messages.create({ ...base, messages: [question] });
    expect(asked.stop_reason).toBe('tool_use');
    const other = await client.messages.create({
      ...base,
      messages: [{ role: 'user', content: 'Write a haiku about patience.' }],
    });
    expect(other.stop_reason).toBe('end_turn');
  });

  test('a tool result is answered with its values', async () => {
    const first = await client.messages.create({ ...base, messages: [question] });
    const call = first.content.find((block) => block.type === 'tool_use');
    const answer = await client.messages.create({
      ...base,
      messages: [
        question,
        { role: 'assistant', content: first.content },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: call?.id ?? '', content: '{"degrees": 21}' },
          ],
        },
      ],
    });
    expect(answer.stop_reason).toBe('end_turn');
    expect(JSON.stringify(answer.content)).toContain('21');
  });

  test('a tool call without its result is refused', async () => {
    const messages: Anthropic.MessageParam[] = [
      question,
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }],
      },
      { role: 'user', content: 'Never mind.' },
    ];
    await expect(client.messages.create({ ...base, messages })).rejects.toThrow(/tool_result/);
  });
});
