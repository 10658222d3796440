import { queues } from '@devsphere/shared/queue/queues.ts';
import type { Benchmark } from '../benchmark.ts';
import {
  freePorts,
  openWholeSystem,
  type SignedIn,
  signIn,
  type WholeSystem,
} from '../lab/whole-system.ts';
import { quantile } from '../statistics.ts';
import { fillQueue } from './fill-queue.ts';

const jobs = 100_000;
const rounds = 20;
const limitMilliseconds = 200;

const jobsPath = (state: string) => `/operator/jobs?queue=${queues.claude.name}&state=${state}`;
/** A sentence only the rendered page has, to know that it is the page. */
const pages: Record<string, { path: string; shows: string }> = {
  overview: { path: '/operator', shows: 'Queue tasks.claude' },
  'jobs: waiting': { path: jobsPath('waiting'), shows: 'attempt 0 of 3' },
  'jobs: active (none)': { path: jobsPath('active'), shows: 'is active now' },
  'jobs: failed (one in a thousand)': { path: jobsPath('failed'), shows: 'provider_error' },
  'jobs: completed': { path: jobsPath('completed'), shows: 'attempt 0 of 3' },
  'dead letters': { path: '/operator/dead-letters', shows: 'Redrive 100 tasks' },
  log: { path: '/operator/log', shows: 'Action log' },
};

/** Each page of the operator console as the server renders it, whole, with a hundred thousand jobs in the queue. */
export const operatorBenchmark: Benchmark = {
  title: `Operator pages with ${jobs} jobs`,
  run: async ({ say }) => {
    const system = await openWholeSystem(say, await freePorts());
    try {
      const operator = await signInOperator(system);
      const cookie = (await operator.window.cookies())
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ');
      say(`   storing ${jobs} jobs`);
      await holdQueue(system, operator);
      await fillQueue(system.admin, operator, queues.claude, jobs);
      const rows: string[][] = [];
      let slowest = 0;
      for (const [name, { path, shows }] of Object.entries(pages)) {
        const times: number[] = [];
        for (let round = -3; round < rounds; round += 1) {
          const began = performance.now();
          const response = await fetch(system.at.web + path, { headers: { cookie } });
          const page = await response.text();
          if (round >= 0) times.push(performance.now() - began);
          if (!page.includes(shows)) throw new Error(`${path} answered ${response.status}`);
        }
        slowest = Math.max(slowest, quantile(times, 0.95));
        rows.push([name, quantile(times, 0.5).toFixed(1), quantile(times, 0.95).toFixed(1)]);
      }
      return {
        tables: [{ title: 'Milliseconds to the last byte', head: ['page', 'p50', 'p95'], rows }],
        thresholds: [
          {
            what: `slowest operator page, rendered, p95, ${jobs} jobs`,
            wanted: `≤ ${limitMilliseconds} ms`,
            seen: `${slowest.toFixed(0)} ms`,
            met: slowest <= limitMilliseconds,
          },
        ],
      };
    } finally {
      await system.close();
    }
  },
};

async function signInOperator(system: WholeSystem): Promise<SignedIn> {
  const operator = await signIn(system, {
    email: 'olga@example.test',
    password: 'a-long-password',
    displayName: 'Olga',
  });
  await system.admin.query('insert into platform_operators (user_id) values ($1)', [
    operator.userId,
  ]);
  return operator;
}

/** What is stored shall wait, not be worked on. */
async function holdQueue({ admin }: WholeSystem, { userId }: SignedIn): Promise<void> {
  await admin.query(
    `insert into queue_controls (queue, paused_by, reason) values ($1, $2, 'a benchmark')`,
    [queues.claude.name, userId],
  );
  await admin.query(`select pg_notify('devsphere_queues', $1)`, [queues.claude.name]);
}
