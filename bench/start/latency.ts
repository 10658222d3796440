import type { Report } from '../benchmark.ts';
import type { Lab } from '../lab/lab.ts';
import { openNotifyRoundTrip } from '../lab/notify-round-trip.ts';
import { median, quantile } from '../statistics.ts';
import type { Contender } from './contender.ts';
import { type PacedStarts, pacedStarts } from './paced-starts.ts';

const loads = [
  { perSecond: 5, count: 30 },
  { perSecond: 50, count: 200 },
] as const;
const rounds = 3;
const wantedRoundTrips = 8;

/** From just before submitting to the handler's start, in round trips of NOTIFY. */
export async function measureLatency(
  lab: Lab,
  contenders: Contender[],
  notifyUrl: string,
): Promise<Report> {
  const roundTrip = await openNotifyRoundTrip(notifyUrl);
  try {
    for (const contender of contenders) {
      await pacedStarts(contender, roundTrip, 50, 50);
      await contender.submitter.analyze();
      await pacedStarts(contender, roundTrip, 50, 50);
    }
    const report: Report = { tables: [], thresholds: [] };
    for (const load of loads) {
      lab.say(`   ${load.perSecond} a second, ${rounds} rounds …`);
      const results = contenders.map((): PacedStarts => ({ starts: [], trips: [] }));
      for (let turn = 0; turn < rounds * contenders.length; turn++) {
        // Another one begins each round, so that nobody always follows the same neighbour.
        const index = (turn + Math.floor(turn / contenders.length)) % contenders.length;
        const [contender, result] = [contenders[index], results[index]];
        if (!contender || !result) continue;
        const { starts, trips } = await pacedStarts(
          contender,
          roundTrip,
          load.perSecond,
          load.count,
        );
        result.starts.push(...starts);
        result.trips.push(...trips);
      }
      addLoad(report, load.perSecond, contenders, results);
    }
    return report;
  } finally {
    await roundTrip.close();
  }
}

function addLoad(
  report: Report,
  perSecond: number,
  contenders: Contender[],
  results: PacedStarts[],
): void {
  const trip = median(results.flatMap(({ trips }) => trips));
  report.tables.push({
    title: `submit → handler start at ${perSecond}/s (NOTIFY round trip p50 ${trip.toFixed(2)} ms)`,
    head: ['', 'p50 ms', 'p99 ms', 'p50 trips', 'p99 trips'],
    rows: contenders.map(({ name }, index) => {
      const [p50 = 0, p99 = 0] = [0.5, 0.99].map((share) =>
        quantile(results[index]?.starts ?? [], share),
      );
      return [
        name,
        p50.toFixed(2),
        p99.toFixed(2),
        (p50 / trip).toFixed(1),
        (p99 / trip).toFixed(1),
      ];
    }),
  });
  const ours = median(results[0]?.starts ?? []) / trip;
  report.thresholds.push({
    what: `submit → start at ${perSecond}/s, p50`,
    wanted: `≤ ${wantedRoundTrips} NOTIFY round trips`,
    seen: ours.toFixed(1),
    met: ours <= wantedRoundTrips,
  });
}
