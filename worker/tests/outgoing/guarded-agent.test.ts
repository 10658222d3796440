import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createGuardedAgent } from '../../src/outgoing/guarded-agent.ts';
import { post } from '../../src/outgoing/post.ts';

let server: Server;
let port: number;
let requests = 0;
beforeAll(async () => {
  server = createServer((_request, response) => {
    requests += 1;
    response.end('inside');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

/** A resolver that says the name leads there. */
const leadingTo =
  (...addresses: string[]) =>
  (
    _name: string,
    options: { all?: boolean | undefined },
    callback: (...answer: never[]) => void,
  ) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const answer = options.all ? [null, found] : [null, found[0]?.address, found[0]?.family];
    callback(...(answer as never[]));
  };

describe('a message to an address inside', () => {
  test.each([
    'http://127.0.0.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://2130706433',
    'http://0x7f.1',
    'http://127.1',
    'http://0.0.0.0',
    'http://localhost',
  ])('%s is not sent', async (origin) => {
    const agent = createGuardedAgent({ allowPrivateAddresses: false });
    const before = requests;
    const result = await post(agent, `${origin}:${port}/`, {}, '{}');
    expect(result).toMatchObject({
      status: null,
      error: expect.stringMatching(/nothing was sent/),
    });
    expect(requests).toBe(before);
    await agent.close();
  });

  test.each([['127.0.0.1'], ['169.254.169.254'], ['::1'], ['1.1.1.1', '10.0.0.1']])(
    'is not sent to a public name that leads to %s',
    async (...addresses) => {
      const agent = createGuardedAgent({
        allowPrivateAddresses: false,
        lookup: leadingTo(...addresses) as never,
      });
      const before = requests;
      const result = await post(agent, `http://innocent.example:${port}/`, {}, '{}');
      expect(result.error).toMatch(/nothing was sent/);
      expect(requests).toBe(before);
      await agent.close();
    },
  );

  test('is sent where it was explicitly allowed', async () => {
    const agent = createGuardedAgent({
      allowPrivateAddresses: true,
      lookup: leadingTo('127.0.0.1') as never,
    });
    const result = await post(agent, `http://innocent.example:${port}/`, {}, '{}');
    expect(result).toMatchObject({ status: 200, responseBody: 'inside', error: null });
    await agent.close();
  });
});
