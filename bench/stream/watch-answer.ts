import { readEvents } from '../../scripts/system/read-events.ts';
import { now } from '../lab/clock.ts';
import type { Departure } from './tap.ts';

/**
 * Watches a task's answer as a client of the API and returns, for each piece of text that left the simulator, the
 * milliseconds until all of it had arrived. Throws when the texts' lengths differ.
 */
export async function watchAnswer(
  eventsUrl: string,
  token: string,
  departures: () => Departure[],
): Promise<number[]> {
  const delays: number[] = [];
  let arrived = 0;
  for await (const event of readEvents(eventsUrl, token)) {
    if (event.type !== 'text') continue;
    const at = now();
    arrived += event.data.delta.length;
    for (const departure of departures().slice(delays.length)) {
      if (departure.end > arrived) break;
      delays.push(at - departure.at);
    }
  }
  const sent = departures().at(-1)?.end ?? 0;
  if (arrived !== sent) throw new Error(`${sent} characters left, ${arrived} arrived`);
  return delays;
}
