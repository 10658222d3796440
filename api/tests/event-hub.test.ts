import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { EventHub } from '../src/events/event-hub.ts';

const hub = new EventHub();
const reads = Promise.withResolvers<void>();
const gone = Promise.withResolvers<void>();
const server = createServer((_request, response) => {
  void hub.follow({ path: 'org/task', response }, async (subscription) => {
    response.writeHead(200).flushHeaders();
    await subscription.next(60_000);
    gone.resolve();
    // What a stream reads when its reader goes away under its hands.
    await reads.promise;
  });
});
afterAll(() => void server.close());

test('closing waits for what the stream of a reader who is gone still reads', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  await once(request, 'response');
  request.destroy();
  await gone.promise;

  let isClosed = false;
  const closed = hub.close().then(() => {
    isClosed = true;
  });
  await turn();
  expect(isClosed).toBe(false);
  reads.resolve();
  await closed;
});

test('a stream that begins while the hub closes is told at once', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const response = { once: () => response } as never;
  await hub.follow({ path: 'org', response }, async ({ closed }) => resolve(closed));
  expect(await promise).toBe(true);
});
