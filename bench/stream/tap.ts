import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { now } from '../lab/clock.ts';

/** Text of an answer on its way: it reaches up to `end` characters, and left the simulator at `at`. */
export type Departure = { end: number; at: number };

export type Tap = {
  url: string;
  /** Departures of the answer to the request that contains the mark, so far. */
  departures: (mark: string) => Departure[];
  close: () => Promise<void>;
};

/** Stands between the worker and the simulator, noting when each piece of text leaves. Marks look like `[stream 7]`. */
export async function openTap(simulatorUrl: string): Promise<Tap> {
  const byMark = new Map<string, Departure[]>();
  const departures = (mark: string) => {
    const known = byMark.get(mark) ?? [];
    byMark.set(mark, known);
    return known;
  };
  const server = createServer((incoming, outgoing) => {
    void pass(simulatorUrl, incoming, outgoing, departures).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    departures,
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}

async function pass(
  simulatorUrl: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  departures: (mark: string) => Departure[],
): Promise<void> {
  const body = await buffer(incoming);
  const mark = /\[stream \d+\]/.exec(body.toString())?.[0] ?? '';
  const { method, headers } = incoming;
  const onward = request(new URL(incoming.url ?? '/', simulatorUrl), { method, headers });
  onward.on('error', () => outgoing.destroy());
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.socket?.setNoDelay(true);
    let rest = '';
    answer.on('data', (chunk: Buffer) => {
      const at = now();
      outgoing.write(chunk);
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) note(departures(mark), line, at);
    });
    answer.on('end', () => outgoing.end());
  });
  onward.end(body);
}

function note(departures: Departure[], line: string, at: number): void {
  if (!line.startsWith('data: ')) return;
  const { delta } = JSON.parse(line.slice('data: '.length)) as { delta?: { text?: string } };
  if (!delta?.text) return;
  departures.push({ end: (departures.at(-1)?.end ?? 0) + delta.text.length, at });
}
