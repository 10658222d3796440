import type { Report } from '../benchmark.ts';
import type { Lab } from '../lab/lab.ts';
import { median, quantile } from '../statistics.ts';
import type { BossSubmitter } from '../submitters/boss.ts';
import type { Ours } from '../submitters/ours.ts';
import type { Contender } from './contender.ts';

/** Stock pg-boss gets few: its ten loops each take one and then sleep 30 s. */
const counts = { ours: 200, peers: 8 };
const retries = 20;
const wantedMilliseconds = 50;
const wantedRoundTrips = 20;

/** How late a delayed task starts, and how soon one that failed and may be tried again at once. */
export async function measureLateness(
  lab: Lab,
  ours: Contender<Ours>,
  boss: Contender<BossSubmitter>,
  graphile: Contender,
  tripMilliseconds: number,
): Promise<Report> {
  lab.say('   delayed tasks and retries (stock pg-boss may take 30 s) …');
  const delayed: Array<[string, number[]]> = [
    [ours.name, await delayedStarts(ours, counts.ours)],
    [boss.name, await delayedStarts(boss, counts.peers)],
    [graphile.name, await delayedStarts(graphile, counts.peers)],
  ];
  const retried: Array<[string, number[]]> = [
    [ours.name, await restarts(ours, retries)],
    [boss.name, await restarts(boss, counts.peers)],
  ];
  const late = quantile(delayed[0]?.[1] ?? [], 0.99);
  const restarted = median(retried[0]?.[1] ?? []) / tripMilliseconds;
  return {
    tables: [
      { title: 'a delayed task, after its due time', head, rows: delayed.map(row) },
      { title: 'a retry at once, from its first start', head, rows: retried.map(row) },
    ],
    thresholds: [
      {
        what: 'a delayed task starts late by, p99',
        wanted: `≤ ${wantedMilliseconds} ms`,
        seen: `${late.toFixed(0)} ms`,
        met: late <= wantedMilliseconds,
      },
      {
        what: 'a retry without delay starts again, p50',
        wanted: `≤ ${wantedRoundTrips} NOTIFY round trips`,
        seen: restarted.toFixed(1),
        met: restarted <= wantedRoundTrips,
      },
    ],
  };
}

const head = ['', 'p50 ms', 'p99 ms', 'most ms'];

function row([name, late]: [string, number[]]): string[] {
  return [
    name,
    ...[median(late), quantile(late, 0.99), quantile(late, 1)].map((ms) => ms.toFixed(1)),
  ];
}

/** Due one after the other between one and three seconds from now. */
function delayedStarts({ submitter, startOf }: Contender, count: number): Promise<number[]> {
  const first = Date.now() + 1_500;
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const runAt = new Date(first + (i * 2_000) / count);
      const { wallAt } = await startOf(await submitter.submit(runAt));
      return wallAt - runAt.getTime();
    }),
  );
}

/** One after the other; the time between the two starts of each. */
async function restarts(
  { submitter, startOf }: Contender<Ours | BossSubmitter>,
  count: number,
): Promise<number[]> {
  const between: number[] = [];
  for (let i = 0; i < count; i++) {
    const taskId = await submitter.submitFailing();
    const first = await startOf(taskId, 1);
    between.push((await startOf(taskId, 2)).at - first.at);
  }
  return between;
}
