import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { queueFault, readCalls, startSimulator } from './start-simulator.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
});
afterEach(() => rm(folder, { recursive: true }));

const request = {
  model: 'claude-haiku-5-5',
  max_tokens: 60,
  metadata: { user_id: 'org-1' },
  messages: [{ role: 'user' as const, content: 'Name three rivers.' }],
};

describe('call log', () => {
  test('a call whose end the client has seen is on disk, one line each', async () => {
    const logPath = join(folder, 'nested', 'calls.jsonl');
    const { simulator, client } = await startSimulator({ logPath });
    await Promise.all(
      Array.from({ length: 20 }, () => client.messages.stream(request).finalMessage()),
    );
    const lines = (await readFile(logPath, 'utf8')).trimEnd().split('\n');
    await simulator.close();
    const calls = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(calls).toHaveLength(20);
    expect(new Set(calls.map((call) => call.message_id)).size).toBe(20);
    expect(calls[0]).toMatchObject({
      billed: true,
      stream: true,
      metadata: { user_id: 'org-1' },
      key_hash: createHash('sha256').update('test-key').digest('hex').slice(0, 16),
    });
  });

  test('a restart keeps the calls and survives a line torn by a crash', async () => {
    const logPath = join(folder, 'calls.jsonl');
    const first = await startSimulator({ logPath });
    await first.client.messages.create(request);
    await first.simulator.close();
    await appendFile(logPath, '{"request_id": "torn');
    const second = await startSimulator({ logPath });
    await second.client.messages.create(request);
    const calls = await readCalls(second.url);
    await second.simulator.close();
    expect(calls).toHaveLength(2);
  });

  test('calls that a shutdown cuts are still on the bill', async () => {
    const logPath = join(folder, 'calls.jsonl');
    const { simulator, client, url } = await startSimulator({ logPath });
    await queueFault(url, { kind: 'stall', after_tokens: 10, ms: 600_000 });
    const stream = await client.messages.create({ ...request, stream: true });
    await simulator.close();
    await expect(
      (async () => {
        for await (const event of stream) expect(event.type).not.toBe('message_stop');
      })(),
    ).rejects.toThrow();
    const call = JSON.parse((await readFile(logPath, 'utf8')).trimEnd()) as Record<string, unknown>;
    expect(call).toMatchObject({ outcome: 'client_gone', billed: true });
  });

  test('calls can be read since a moment, and the control token is asked for', async () => {
    const { simulator, client, url } = await startSimulator({ controlToken: 'open sesame' });
    await client.messages.create(request);
    expect((await fetch(`${url}/_control/calls`)).status).toBe(401);
    expect((await fetch(`${url}/_control/health`)).status).toBe(200);
    const headers = { 'x-control-token': 'open sesame' };
    const future = await fetch(`${url}/_control/calls?since=2999-01-01T00:00:00Z`, { headers });
    expect(await future.json()).toEqual({ calls: [] });
    await simulator.close();
  });
});
