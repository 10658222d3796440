import type { Page } from 'playwright-core';
import { now } from '../lab/clock.ts';
import type { Departure } from './tap.ts';

/** A piece of text in the browser: characters so far, and when, on the wall clock. */
type Arrival = { end: number; at: number };

/**
 * Watches a task's answer in a browser's page, over the stream the product's own page reads, and returns, for each piece
 * of text that left the simulator, the milliseconds until the browser had all of it. Throws when the texts' lengths
 * differ.
 */
export async function watchAnswer(
  page: Page,
  eventsPath: string,
  departures: () => Departure[],
): Promise<number[]> {
  const arrivals = await page.evaluate<Arrival[]>(watchIn(eventsPath));
  const left = departures();
  const [sent, came] = [left.at(-1)?.end ?? 0, arrivals.at(-1)?.end ?? 0];
  if (sent !== came || sent === 0) throw new Error(`${sent} characters left, ${came} arrived`);
  const wall = performance.timeOrigin + performance.now() - now();
  return left.map(({ end, at }) => {
    const arrival = arrivals.find((piece) => piece.end >= end);
    return (arrival?.at ?? Number.NaN) - (at + wall);
  });
}

/** Runs in the browser, so it is text: this side knows nothing of its globals. */
const watchIn = (path: string) => `new Promise((resolve) => {
  const arrived = [];
  const source = new EventSource(${JSON.stringify(path)});
  source.addEventListener('text', ({ data }) => {
    const end = (arrived.at(-1)?.end ?? 0) + JSON.parse(data).data.delta.length;
    arrived.push({ end, at: performance.timeOrigin + performance.now() });
  });
  // The server closes a stream whose task has ended.
  source.onerror = () => {
    source.close();
    resolve(arrived);
  };
})`;
