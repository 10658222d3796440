import { submitBulk } from '../../shared/src/commands/submit-bulk.ts';
import { contextOf, signUp } from '../../shared/src/testing/people.ts';
import { createTestDatabase } from '../../shared/src/testing/test-database.ts';
import type { Benchmark } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import { now } from '../lab/clock.ts';
import { makePlansGenerous } from '../lab/generous-plans.ts';
import { untilCount } from '../lab/until-count.ts';
import { sampleTask } from '../submitters/sample-task.ts';
import { drainInBatches, drainOneByOne, fillPlainQueue } from './plain-drain.ts';

const tasks = 10_000;
const concurrency = 200;

/** How fast one worker process empties a full queue whose tasks do nothing. */
export const drainBenchmark: Benchmark = {
  title: `drain: ${tasks} tasks that do nothing`,
  run: async (lab) => {
    lab.say('   ours …');
    const ours = await drainOurs();
    lab.say('   X …');
    const url = await lab.createDatabase('drain_plain');
    await fillPlainQueue(url, tasks);
    const plain = await drainOneByOne(url, tasks);
    await fillPlainQueue(url, tasks);
    const batches = await drainInBatches(url, tasks);
    const row = (name: string, rate: number) => [
      name,
      rate.toFixed(0),
      (rate / plain).toFixed(2),
      (rate / batches).toFixed(2),
    ];
    return {
      tables: [
        {
          title: 'tasks a second, one process',
          head: ['', 'tasks/s', '× X', '× X in batches'],
          rows: [
            row('ours: claim, attempt, events, result, audit, completion; RLS', ours),
            row('X: hand-written, a statement to take and one to end each', plain),
            row('X in batches of 100', batches),
          ],
        },
      ],
      thresholds: [
        {
          what: `draining ${tasks} tasks through the whole life cycle`,
          wanted: '≥ 0.3 X',
          seen: `${(ours / plain).toFixed(2)} X, ${(ours / batches).toFixed(2)} of X in batches`,
          met: ours / plain >= 0.3,
        },
      ],
    };
  },
};

async function drainOurs(): Promise<number> {
  const test = await createTestDatabase();
  try {
    const person = await signUp(test, 'bench');
    await makePlansGenerous(test.admin);
    for (let from = 0; from < tasks; from += 500)
      await submitBulk(contextOf(test, person), {
        orgId: person.orgId,
        tasks: Array.from({ length: 500 }, () => sampleTask()),
        idempotencyKey: null,
      });
    await test.admin.query('vacuum analyze');
    const began = now();
    const { child } = await Child.start('our-empty-worker.ts', [test.url, String(concurrency)]);
    // From the first start: how long a process takes to load says nothing of the queue.
    const ready = now();
    await untilCount(
      test.admin,
      `select count(*)::int as n from tasks where state = 'succeeded'`,
      tasks,
    );
    const rate = (tasks / (now() - Math.max(began, ready))) * 1000;
    await child.stop();
    return rate;
  } finally {
    await test.close();
  }
}
