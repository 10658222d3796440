import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Comments keep proxies from closing a quiet stream. */
export const heartbeatMilliseconds = 15_000;

/** A reader that takes nothing for so long is let go; it comes again with the id of the last event it has. */
export const patienceMilliseconds = 30_000;

/** An open server-sent event stream (WHATWG HTML, "Server-sent events"). */
export type EventStream = {
  send: (message: { id?: number; event: string; data: unknown }) => Promise<void>;
  comment: (text: string) => Promise<void>;
};

/** Starts a stream on a response; nothing on the way may buffer it. */
export function openEventStream(
  response: ServerResponse,
  patience = patienceMilliseconds,
): EventStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  response.socket?.setNoDelay(true);
  response.write('retry: 1000\n\n');
  const write = async (text: string) => {
    if (response.writableEnded || response.destroyed) return;
    // A slow client makes us wait here, with a bounded page in hand, instead of filling memory.
    if (!response.write(text)) await drained(response, patience);
  };
  return {
    send: ({ id, event, data }) =>
      write(
        `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
      ),
    comment: (text) => write(`: ${text}\n\n`),
  };
}

/** Resolves when there is room again or the connection is gone; a reader beyond our patience is cut off. */
async function drained(response: ServerResponse, patience: number): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  const stuck = wait(patience, true, { signal });
  try {
    const isStuck = await Promise.race([
      once(response, 'drain', { signal }).then(() => false),
      once(response, 'close', { signal }).then(() => false),
      stuck,
    ]);
    if (isStuck) response.destroy();
  } finally {
    over.abort();
  }
}
