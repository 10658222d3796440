import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openEventStream } from '../src/events/event-stream.ts';

let served: Promise<ServerResponse>;
let port: number;
const server = createServer();
beforeEach(async () => {
  served = once(server, 'request').then(([, response]) => response as ServerResponse);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const reader = () => {
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  return socket;
};
const large = 'x'.repeat(1_000_000);

test('a reader that takes nothing is let go, with a bounded amount in memory', async () => {
  const socket = reader();
  const response = await served;
  socket.pause();
  const stream = openEventStream(response, 100);
  let sent = 0;
  while (!response.destroyed) {
    await stream.send({ id: sent, event: 'text', data: large });
    sent += 1;
  }
  expect(response.writableLength).toBeLessThan(3 * large.length);
  // What comes after it is gone is dropped, not kept.
  await stream.comment('still here');
  socket.destroy();
});

test('a slow reader is waited for and gets everything', async () => {
  const socket = reader();
  const response = await served;
  const stream = openEventStream(response, 60_000);
  const sending = (async () => {
    for (let id = 1; id <= 20; id += 1) await stream.send({ id, event: 'text', data: large });
    response.end();
  })();
  let got = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    got += chunk;
    socket.pause();
    setImmediate(() => socket.resume());
  });
  await sending;
  await once(socket, 'close').catch(() => {});
  expect(got.match(/id: \d+/g)).toHaveLength(20);
});
