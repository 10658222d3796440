import pg from 'pg';
import { type Channel, channels } from './announcer.ts';

export type ListenerOptions = {
  url: string;
  name: string;
  on: Partial<Record<Channel, (payload: string) => void>>;
  /** Called after every (re)connection: notifications may have been missed, so look at the tables. */
  onConnect: () => void;
  onError: (error: Error) => void;
};

const reconnectMilliseconds = 250;
/** A dead connection is silent, as one without news is: it is asked. */
const checkMilliseconds = 10_000;
const answerMilliseconds = 5_000;

/** One LISTEN connection of a process, reconnecting for ever until closed. Needs a session connection. */
export class Listener {
  readonly #options: ListenerOptions;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #check: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#client !== undefined;
  }

  /** Resolves when listening; a failure is reported and retried in the background. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: this.#options.name,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerMilliseconds,
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload }) => {
      for (const key of Object.keys(this.#options.on) as Channel[]) {
        if (channels[key] === channel) this.#options.on[key]?.(payload ?? '');
      }
    });
    try {
      await client.connect();
      for (const key of Object.keys(this.#options.on) as Channel[])
        await client.query(`listen ${channels[key]}`);
    } catch (error) {
      this.#lost(client, error as Error);
      return;
    }
    if (this.#closed) return void client.end();
    this.#client = client;
    this.#checkLater(client);
    this.#options.onConnect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#check);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #checkLater(client: pg.Client): void {
    this.#check = setTimeout(() => {
      client.query('select 1').then(
        () => this.#client === client && this.#checkLater(client),
        (error: Error) => this.#lost(client, error),
      );
    }, checkMilliseconds);
  }

  #lost(client: pg.Client, error?: Error): void {
    if (error && !this.#closed) this.#options.onError(error);
    if (this.#client === client) this.#client = undefined;
    clearTimeout(this.#check);
    client.removeAllListeners('end');
    // A dead connection would not answer a goodbye.
    (client as unknown as { connection: pg.Connection }).connection.stream.destroy();
    client.end().catch(() => {});
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.start();
    }, reconnectMilliseconds);
  }
}
