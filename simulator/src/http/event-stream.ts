import { once } from 'node:events';
import type { Exchange } from './exchange.ts';

export type StreamEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Server-sent events in the API's framing. Waits for a slow reader instead of buffering. */
export class EventStream {
  readonly #exchange: Exchange;
  readonly #splitBytes: boolean;

  /** @param splitBytes sends two bytes at a time, so that characters arrive in halves. */
  constructor(exchange: Exchange, splitBytes = false) {
    this.#exchange = exchange;
    this.#splitBytes = splitBytes;
  }

  /** Sends the headers; from here on errors can only be events. */
  open(headers: Readonly<Record<string, string>>): void {
    this.#exchange.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...headers,
    });
    this.#exchange.response.flushHeaders();
  }

  /** Sends one event named after its type. Rejects once the client has gone. */
  async send(event: StreamEvent): Promise<void> {
    const frame = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    if (!this.#splitBytes) return this.#write(Buffer.from(frame));
    const bytes = Buffer.from(frame);
    for (let at = 0; at < bytes.length; at += 2) await this.#write(bytes.subarray(at, at + 2));
  }

  /** Sends an event that breaks off in the middle of its data, behind a text that was to come with it. */
  async garble(text: string): Promise<void> {
    const data = JSON.stringify({ type: 'content_block_delta', delta: { text } }).slice(0, -2);
    await this.#write(Buffer.from(`event: content_block_delta\ndata: ${data}\n\n`));
  }

  /** Ends the reply cleanly. */
  end(): void {
    this.#exchange.response.end();
  }

  async #write(bytes: Buffer): Promise<void> {
    const { response, gone } = this.#exchange;
    gone.throwIfAborted();
    if (!response.write(bytes)) await once(response, 'drain', { signal: gone });
  }
}
