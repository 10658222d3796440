import type { Report } from '../benchmark.ts';
import { now } from '../lab/clock.ts';
import type { Lab } from '../lab/lab.ts';
import { median } from '../statistics.ts';
import type { Contender } from './contender.ts';

const size = 100;
const rounds = 7;
const wantedToLocalQueue = 1.5;

/** How long until the last of a burst has started; ours first, graphile's local queue last. */
export async function measureBurst(lab: Lab, contenders: Contender[]): Promise<Report> {
  lab.say(`   bursts of ${size}, ${rounds} rounds …`);
  const results = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, contender] of contenders.entries())
      results[index]?.push(await burst(contender));
  const medians = results.map(median);
  const ratio = (medians[0] ?? Number.NaN) / (medians.at(-1) ?? Number.NaN);
  return {
    tables: [
      {
        title: `a burst of ${size}: from the first submission to the last start`,
        head: ['', 'median ms', 'most ms'],
        rows: contenders.map(({ name }, index) => [
          name,
          (medians[index] ?? Number.NaN).toFixed(0),
          Math.max(...(results[index] ?? [])).toFixed(0),
        ]),
      },
    ],
    thresholds: [
      {
        what: `a burst of ${size} has all started`,
        wanted: `≤ ${wantedToLocalQueue} × graphile's local queue`,
        seen: `${ratio.toFixed(2)} ×`,
        met: ratio <= wantedToLocalQueue,
      },
    ],
  };
}

async function burst({ submitter, startOf }: Contender): Promise<number> {
  const began = now();
  const starts = await Promise.all(
    Array.from({ length: size }, async () => (await startOf(await submitter.submit())).at),
  );
  return Math.max(...starts) - began;
}
