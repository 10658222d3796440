import { now } from '../lab/clock.ts';
import type { Submitter } from '../submitters/submitter.ts';

export type Round = { perSecond: number; latencies: number[] };

/** Keeps so many submissions in flight for a while. */
export async function drive(
  submitter: Submitter,
  inFlight: number,
  milliseconds: number,
): Promise<Round> {
  const latencies: number[] = [];
  const began = now();
  const lane = async () => {
    for (let at = now(); at - began < milliseconds; ) {
      await submitter.submit();
      const ended = now();
      latencies.push(ended - at);
      at = ended;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { perSecond: (latencies.length / (now() - began)) * 1000, latencies };
}
