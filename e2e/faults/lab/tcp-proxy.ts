import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { freePort } from '../../../scripts/system/ports.ts';

type Pair = { client: Socket; server: Socket; lost?: boolean };

/** Stands between a process and a server and breaks the connection as networks do. */
export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #refusing = false;
  #repliesToLose = 0;

  private constructor(server: Server, port: number, target: { host: string; port: number }) {
    this.port = port;
    this.#server = server;
    server.on('connection', (client) => {
      if (this.#refusing) return client.destroy();
      const pair: Pair = { client, server: dial(target) };
      this.#pairs.add(pair);
      client.on('data', (data) => pair.lost || pair.server.write(data));
      pair.server.on('data', (data) => {
        if (pair.lost) return;
        if (this.#repliesToLose > 0 && isCommitReply(data)) {
          this.#repliesToLose--;
          return this.#end(pair);
        }
        client.write(data);
      });
      for (const socket of [client, pair.server])
        socket.on('error', () => this.#end(pair)).on('close', () => this.#end(pair));
    });
  }

  static async listen(target: { host: string; port: number }): Promise<TcpProxy> {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new TcpProxy(server, port, target);
  }

  /** As a server that is down: cuts everything and takes nobody. */
  down(): void {
    this.#refusing = true;
    this.cut();
  }

  /** As a network that forgot these connections: nothing passes on them, and nobody is told. New ones work. */
  forget(): void {
    for (const pair of this.#pairs) pair.lost = true;
  }

  /** Takes everybody again. */
  heal(): void {
    this.#refusing = false;
  }

  cut(): void {
    for (const pair of this.#pairs) this.#end(pair);
  }

  /** The next so many answers to a COMMIT never arrive: their connections end instead. */
  loseCommitReplies(count: number): void {
    this.#repliesToLose += count;
  }

  get commitRepliesLeft(): number {
    return this.#repliesToLose;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #end(pair: Pair): void {
    if (!this.#pairs.delete(pair)) return;
    pair.client.destroy();
    pair.server.destroy();
  }
}

/** The tag of a CommandComplete message as PostgreSQL sends it after a COMMIT. */
function isCommitReply(data: Buffer): boolean {
  return data.includes('COMMIT\0');
}
