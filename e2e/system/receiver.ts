import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
type Answer = { status: number; headers?: Record<string, string>; body?: string };

/** Everything that arrived at any receiver of this process. */
export const arrived: Received[] = [];

/** A program that takes webhooks: remembers each, and answers as the test says. */
export class Receiver {
  readonly received: Received[] = [];
  readonly url: string;
  answer: (received: Received) => Answer = () => ({ status: 200, body: 'thank you' });
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', async (request, response) => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk;
      const received = { path: request.url ?? '', headers: request.headers, body };
      this.received.push(received);
      arrived.push(received);
      const { status, headers = {}, body: text = '' } = this.answer(received);
      response.writeHead(status, headers).end(text);
    });
  }

  static async listen(): Promise<Receiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Receiver(server);
  }

  /** What arrived at a path, in order. */
  at(path: string): Received[] {
    return this.received.filter((received) => received.path === path);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
