import type { Report } from '../benchmark.ts';
import { now } from '../lab/clock.ts';
import type { Lab } from '../lab/lab.ts';
import { quantile } from '../statistics.ts';
import type { Contender } from './contender.ts';

const rates = [200, 1_000] as const;
const seconds = 8;
/** What has not started so long after the last was due did not keep up. */
const patienceMilliseconds = 5_000;

type Flood = { latencies: number[]; achieved: number };

/** From when a submission was due to its handler's start, while so many come each second. */
export async function measureFloods(lab: Lab, contenders: Contender[]): Promise<Report> {
  const report: Report = { tables: [], thresholds: [] };
  for (const perSecond of rates) {
    lab.say(`   ${perSecond} a second for ${seconds} s each …`);
    const floods: Flood[] = [];
    for (const contender of contenders) floods.push(await flood(contender, perSecond));
    report.tables.push({
      title: `submit → handler start at ${perSecond}/s`,
      head: ['', 'p50 ms', 'p99 ms', 'started in time'],
      rows: contenders.map(({ name }, index) => {
        const { latencies = [], achieved = 0 } = floods[index] ?? {};
        return [
          name,
          quantile(latencies, 0.5).toFixed(1),
          quantile(latencies, 0.99).toFixed(1),
          `${(achieved * 100).toFixed(1)} %`,
        ];
      }),
    });
    report.thresholds.push(...judge(perSecond, floods));
  }
  return report;
}

/** Ours first, graphile-worker last. */
function judge(perSecond: number, floods: Flood[]): Report['thresholds'] {
  const [ours, graphile] = [floods[0], floods.at(-1)];
  const p99 = quantile(ours?.latencies ?? [], 0.99);
  if (perSecond < 1_000) {
    const ratio = p99 / quantile(graphile?.latencies ?? [], 0.99);
    return [
      {
        what: `submit → start at ${perSecond}/s, p99`,
        wanted: '≤ 2 × graphile-worker',
        seen: `${ratio.toFixed(2)} ×`,
        met: ratio <= 2,
      },
    ];
  }
  const achieved = ours?.achieved ?? 0;
  return [
    {
      what: `started in time at ${perSecond}/s on one worker process`,
      wanted: '≥ 99 %',
      seen: `${(achieved * 100).toFixed(1)} %`,
      met: achieved >= 0.99,
    },
    {
      what: `submit → start at ${perSecond}/s, p99`,
      wanted: '≤ 60 ms',
      seen: `${p99.toFixed(0)} ms`,
      met: p99 <= 60,
    },
  ];
}

async function flood({ submitter, startOf }: Contender, perSecond: number): Promise<Flood> {
  const latencies: number[] = [];
  const pending = new Set<Promise<void>>();
  const began = now();
  const total = perSecond * seconds;
  for (let handedIn = 0; handedIn < total; ) {
    // All that are due by now: a timer that is late must not thin out the load.
    const due = Math.min(total, Math.floor(((now() - began) / 1000) * perSecond) + 1);
    for (; handedIn < due; handedIn++) {
      const dueAt = began + (handedIn / perSecond) * 1000;
      const started = submitter
        .submit()
        .then((taskId) => startOf(taskId))
        .then(({ at }) => void latencies.push(at - dueAt))
        .catch(() => {});
      pending.add(started);
      void started.finally(() => pending.delete(started));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds);
  });
  await Promise.race([Promise.all(pending), patience]);
  clearTimeout(timer);
  const last = began + seconds * 1000 + patienceMilliseconds;
  const inTime = latencies.filter((latency) => latency < patienceMilliseconds).length;
  const flooded = { latencies: [...latencies], achieved: now() <= last ? inTime / total : 0 };
  // The rest of a backlog would fall on the next.
  await Promise.all(pending);
  return flooded;
}
