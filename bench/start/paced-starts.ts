import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../lab/clock.ts';
import type { NotifyRoundTrip } from '../lab/notify-round-trip.ts';
import type { Contender } from './contender.ts';

export type PacedStarts = {
  /** Milliseconds from before each submission to its handler's start. */
  starts: number[];
  /** Of those, the milliseconds until the submission was answered. */
  submissions: number[];
  /** NOTIFY round trips in the gaps: in a tight loop they would be warmer than anything that waits for work. */
  trips: number[];
};

/** Hands in tasks at a steady rate. */
export async function pacedStarts(
  { submitter, startOf }: Contender,
  roundTrip: NotifyRoundTrip,
  perSecond: number,
  count: number,
): Promise<PacedStarts> {
  const starts: Array<Promise<number>> = [];
  const submissions: number[] = [];
  const trips: number[] = [];
  const gap = 1000 / perSecond;
  const first = now();
  for (let i = 0; i < count; i++) {
    // From the plan, not from the last one: a slow submission must not thin out the load.
    await sleepUntil(first + i * gap);
    const began = now();
    starts.push(
      submitter
        .submit()
        .then((taskId) => {
          submissions.push(now() - began);
          return startOf(taskId);
        })
        .then(({ at }) => at - began),
    );
    await sleepUntil(first + (i + 0.5) * gap);
    trips.push(await roundTrip.measure());
  }
  return { starts: await Promise.all(starts), submissions, trips };
}

async function sleepUntil(at: number): Promise<void> {
  const left = at - now();
  if (left > 0) await sleep(left);
}
