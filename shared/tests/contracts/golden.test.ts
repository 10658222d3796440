import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { agentEvent } from '../../src/contracts/agent/agent-event.ts';
import { agentRequest } from '../../src/contracts/agent/agent-request.ts';

const folder = join(import.meta.dirname, '../../src/contracts/golden/agent');
const files = readdirSync(folder);

describe('the golden files that the agent reads too', () => {
  test('exist for every type of event', () => {
    const types = new Set(
      files
        .filter((name) => name.startsWith('event.'))
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).type),
    );
    expect([...types].sort()).toEqual(
      agentEvent.options.map((option) => option.shape.type.value).sort(),
    );
  });

  test.each(files)('%s is read here as it stands', (name) => {
    const document = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const schema = name.startsWith('event.') ? agentEvent : agentRequest;
    expect(schema.parse(document)).toMatchObject(document);
  });

  test('an event with a field nobody agreed on is refused', () => {
    expect(agentEvent.safeParse({ type: 'heartbeat', surprise: 1 }).success).toBe(false);
    expect(agentEvent.safeParse({ type: 'stage.completed', stage: 'brief' }).success).toBe(false);
  });
});
