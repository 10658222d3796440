import { now } from '../lab/clock.ts';

/** Characters of text that have arrived, and when, on the monotonic clock. */
export type Arrival = { end: number; at: number };

/** Reads a task's events as a program does, to the end, and notes when each piece of text arrived. */
export async function readStream(url: string, token: string): Promise<Arrival[]> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
  const arrivals: Arrival[] = [];
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const at = now();
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.includes('event: text')) continue;
      const data = block.split('\n').find((line) => line.startsWith('data: ')) ?? 'data: {}';
      const { data: text } = JSON.parse(data.slice('data: '.length)) as {
        data: { delta: string };
      };
      arrivals.push({ end: (arrivals.at(-1)?.end ?? 0) + text.delta.length, at });
    }
  }
  return arrivals;
}
