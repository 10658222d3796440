import Anthropic from '@anthropic-ai/sdk';
import { createSimulator, type Simulator, type SimulatorOptions } from '../src/server.ts';

/** A running simulator and a real SDK client pointed at it, without retries of the SDK's own. */
export async function startSimulator(
  options: SimulatorOptions = {},
): Promise<{ simulator: Simulator; client: Anthropic; url: string }> {
  const simulator = createSimulator({
    graceMs: 0,
    onError: (error) => console.error(error),
    ...options,
  });
  const url = await simulator.listen(0);
  const client = new Anthropic({ baseURL: url, apiKey: 'test-key', maxRetries: 0 });
  return { simulator, client, url };
}

/** Queues one fault over the control endpoint. */
export async function queueFault(url: string, fault: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${url}/_control/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

/** The call log as the control endpoint shows it. */
export async function readCalls(url: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${url}/_control/calls`);
  const body = (await response.json()) as { calls: Record<string, unknown>[] };
  return body.calls;
}

/** Asks again until the condition holds; each round is a turn of the event loop, not a pause. */
export async function eventually<Value>(
  probe: () => Promise<Value | undefined>,
  rounds = 2_000,
): Promise<Value> {
  for (let round = 0; round < rounds; round += 1) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('The condition never held');
}
