import type { Operator } from '@devsphere/shared/db/as-operator.ts';
import { listJobs } from '@devsphere/shared/queries/operator/list-jobs.ts';
import { listOperatorActions } from '@devsphere/shared/queries/operator/list-operator-actions.ts';
import { listWorkers } from '@devsphere/shared/queries/operator/list-workers.ts';
import { previewRedrive } from '@devsphere/shared/queries/operator/preview-redrive.ts';
import { queueOverview } from '@devsphere/shared/queries/operator/queue-overview.ts';
import { queues } from '@devsphere/shared/queue/queues.ts';
import { signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { signUp } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase } from '@devsphere/shared/testing/test-database.ts';
import type { Benchmark } from '../benchmark.ts';
import { quantile } from '../statistics.ts';
import { fillQueue } from './fill-queue.ts';

const jobs = 100_000;
const rounds = 20;
const limitMilliseconds = 200;

/** What each page of the operator console asks of the database, with a hundred thousand jobs in it. */
export const operatorBenchmark: Benchmark = {
  title: `Operator pages with ${jobs} jobs`,
  run: async ({ say }) => {
    const db = await createTestDatabase();
    try {
      const olga = await signUpOperator(db, 'olga');
      const ada = await signUp(db, 'ada');
      const operator: Operator = { type: 'operator', userId: olga.actor.userId };
      say(`storing ${jobs} jobs`);
      await fillQueue(db.admin, ada, queues.claude, jobs);
      const { database, boss } = db;
      const list = (states: Parameters<typeof listJobs>[2]['states']) =>
        listJobs(database, operator, {
          queue: queues.claude.name,
          states,
          before: null,
          limit: 50,
        });
      const pages: Record<string, () => Promise<unknown>> = {
        overview: () =>
          Promise.all([
            queueOverview(database, boss, operator),
            listWorkers(database, boss, operator),
          ]),
        'jobs: waiting': () => list(['created', 'retry']),
        'jobs: active (none)': () => list(['active']),
        'jobs: failed (one in a thousand)': () => list(['failed']),
        'jobs: completed': () => list(['completed']),
        'dead letters': () => previewRedrive(database, operator, queues.claude.deadLetter),
        log: () => listOperatorActions(database, operator, { before: null, limit: 50 }),
      };
      const rows: string[][] = [];
      let slowest = 0;
      for (const [name, load] of Object.entries(pages)) {
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const began = performance.now();
          await load();
          times.push(performance.now() - began);
        }
        slowest = Math.max(slowest, quantile(times, 0.95));
        rows.push([name, quantile(times, 0.5).toFixed(1), quantile(times, 0.95).toFixed(1)]);
      }
      return {
        tables: [{ title: 'Milliseconds to load', head: ['page', 'p50', 'p95'], rows }],
        thresholds: [
          {
            what: `slowest operator page, p95, ${jobs} jobs`,
            wanted: `≤ ${limitMilliseconds} ms`,
            seen: `${slowest.toFixed(0)} ms`,
            met: slowest <= limitMilliseconds,
          },
        ],
      };
    } finally {
      await db.close();
    }
  },
};
