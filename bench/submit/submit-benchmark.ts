import type { Benchmark, Report } from '../benchmark.ts';
import type { Lab } from '../lab/lab.ts';
import { median, quantile } from '../statistics.ts';
import { openBoss } from '../submitters/boss.ts';
import { openGraphile } from '../submitters/graphile.ts';
import { openNaive } from '../submitters/naive.ts';
import { openOurs } from '../submitters/ours.ts';
import { openPlainQueue } from '../submitters/plain-queue.ts';
import type { Submitter } from '../submitters/submitter.ts';
import { drive, type Round } from './drive.ts';

const levels = [1, 16] as const;
const rounds = 7;
const roundMilliseconds = 700;

/** How long handing in a task takes, and how many fit into a second. */
export const submitBenchmark: Benchmark = {
  title: 'submit: a task is handed in',
  run: async (lab) => {
    const submitters = await openAll(lab);
    try {
      const reports: Report[] = [];
      for (const inFlight of levels) reports.push(await compare(lab, submitters, inFlight));
      return {
        tables: reports.flatMap(({ tables }) => tables),
        thresholds: reports.flatMap(({ thresholds }) => thresholds),
      };
    } finally {
      for (const submitter of submitters) await submitter.close();
    }
  },
};

/** Ours first, the naive way second, X third: ours is compared with both. */
async function openAll(lab: Lab): Promise<Submitter[]> {
  const connections = Math.max(...levels);
  const boss = await lab.createDatabase('submit_boss');
  const submitters = [
    await openOurs(connections),
    await openNaive(connections),
    await openPlainQueue(await lab.createDatabase('submit_plain'), connections),
    await openBoss(boss, { connections, notify: true }),
    await openGraphile(await lab.createDatabase('submit_graphile'), connections),
  ];
  for (const submitter of submitters) {
    await drive(submitter, connections, 500);
    await submitter.analyze();
    await drive(submitter, connections, 300);
  }
  return submitters;
}

async function compare(lab: Lab, submitters: Submitter[], inFlight: number): Promise<Report> {
  lab.say(`   ${inFlight} in flight, ${rounds} rounds …`);
  const results = submitters.map((): Round[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < submitters.length; turn++) {
      // Another one begins each round, so that nobody always follows the same neighbour.
      const index = (turn + round) % submitters.length;
      const submitter = submitters[index];
      if (submitter) results[index]?.push(await drive(submitter, inFlight, roundMilliseconds));
    }
  }
  const ratiosTo = (other: Round[] = []) =>
    results.map((own) =>
      median(
        own.map(({ perSecond }, round) => perSecond / (other[round]?.perSecond ?? Number.NaN)),
      ),
    );
  const [toNaive, toPlain] = [ratiosTo(results[1]), ratiosTo(results[2])];
  const [naive = 0] = toNaive;
  const [plain = 0] = toPlain;
  return {
    tables: [
      {
        title: `${inFlight} in flight`,
        head: ['', 'p50 ms', 'p99 ms', 'tasks/s', '× naive', '× X'],
        rows: submitters.map(({ name }, index) => {
          const own = results[index] ?? [];
          const latencies = own.flatMap((round) => round.latencies);
          return [
            name,
            quantile(latencies, 0.5).toFixed(2),
            quantile(latencies, 0.99).toFixed(2),
            median(own.map(({ perSecond }) => perSecond)).toFixed(0),
            (toNaive[index] ?? 0).toFixed(2),
            (toPlain[index] ?? 0).toFixed(2),
          ];
        }),
      },
    ],
    thresholds: [
      {
        what: `tasks per second, ${inFlight} in flight`,
        wanted: '≥ 2.3 × the naive two transactions',
        seen: `${naive.toFixed(2)} ×`,
        met: naive >= 2.3,
      },
      ...(inFlight > 1
        ? [
            {
              what: `tasks per second, ${inFlight} in flight`,
              wanted: '≥ 0.5 X',
              seen: `${plain.toFixed(2)} X`,
              met: plain >= 0.5,
            },
          ]
        : []),
    ],
  };
}
