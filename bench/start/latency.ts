import type { Report } from '../benchmark.ts';
import type { Lab } from '../lab/lab.ts';
import { openNotifyRoundTrip } from '../lab/notify-round-trip.ts';
import { median, quantile } from '../statistics.ts';
import type { Contender } from './contender.ts';
import { type PacedStarts, pacedStarts } from './paced-starts.ts';

const perSecond = 5;
const count = 40;
const rounds = 3;
const wantedRoundTrips = 5;
const wantedToGraphile = 1.1;

/** From just before submitting to the handler's start, when there is time for each, in round trips of NOTIFY. */
export async function measureLatency(
  lab: Lab,
  contenders: Contender[],
  notifyUrl: string,
): Promise<Report & { tripMilliseconds: number }> {
  const roundTrip = await openNotifyRoundTrip(notifyUrl);
  try {
    for (const contender of contenders) {
      await pacedStarts(contender, roundTrip, 50, 50);
      await contender.submitter.analyze();
      await pacedStarts(contender, roundTrip, 50, 50);
    }
    lab.say(`   ${perSecond} a second, ${rounds} rounds …`);
    const results = contenders.map((): PacedStarts => ({ starts: [], submissions: [], trips: [] }));
    for (let turn = 0; turn < rounds * contenders.length; turn++) {
      // Another one begins each round, so that nobody always follows the same neighbour.
      const index = (turn + Math.floor(turn / contenders.length)) % contenders.length;
      const [contender, result] = [contenders[index], results[index]];
      if (!contender || !result) continue;
      const { starts, submissions, trips } = await pacedStarts(
        contender,
        roundTrip,
        perSecond,
        count,
      );
      result.starts.push(...starts);
      result.submissions.push(...submissions);
      result.trips.push(...trips);
    }
    return reportOf(contenders, results);
  } finally {
    await roundTrip.close();
  }
}

/** Ours first, graphile-worker last. */
function reportOf(
  contenders: Contender[],
  results: PacedStarts[],
): Report & { tripMilliseconds: number } {
  const trip = median(results.flatMap(({ trips }) => trips));
  const p50s = results.map(({ starts }) => median(starts));
  const [ours = Number.NaN] = p50s;
  const toGraphile = ours / (p50s.at(-1) ?? Number.NaN);
  return {
    tripMilliseconds: trip,
    tables: [
      {
        title: `submit → handler start at ${perSecond}/s (NOTIFY round trip p50 ${trip.toFixed(2)} ms)`,
        head: ['', 'p50 ms', 'p99 ms', 'p50 trips', 'p99 trips', 'submitting p50 ms'],
        rows: contenders.map(({ name }, index) => {
          const p99 = quantile(results[index]?.starts ?? [], 0.99);
          const p50 = p50s[index] ?? Number.NaN;
          return [
            name,
            p50.toFixed(2),
            p99.toFixed(2),
            (p50 / trip).toFixed(1),
            (p99 / trip).toFixed(1),
            median(results[index]?.submissions ?? []).toFixed(2),
          ];
        }),
      },
    ],
    thresholds: [
      {
        what: `submit → start at ${perSecond}/s, p50`,
        wanted: `≤ ${wantedRoundTrips} NOTIFY round trips`,
        seen: (ours / trip).toFixed(1),
        met: ours / trip <= wantedRoundTrips,
      },
      {
        what: `submit → start at ${perSecond}/s, p50`,
        wanted: `≤ ${wantedToGraphile} × graphile-worker`,
        seen: `${toGraphile.toFixed(2)} ×`,
        met: toGraphile <= wantedToGraphile,
      },
    ],
  };
}
