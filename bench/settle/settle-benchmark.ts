import { openDatabase } from '../../shared/src/db/database.ts';
import { createTestDatabase, type TestDatabase } from '../../shared/src/testing/test-database.ts';
import { closeCall } from '../../worker/src/runner/call-ledger.ts';
import { settle } from '../../worker/src/runner/settle.ts';
import { TaskWriter } from '../../worker/src/runner/task-writer.ts';
import type { Benchmark } from '../benchmark.ts';
import { now } from '../lab/clock.ts';
import { median } from '../statistics.ts';
import { naiveSettle } from './naive-settle.ts';
import { openRunning, type Running, used } from './running-tasks.ts';

const batch = 200;
const rounds = 5;
/** One after the other: enough to see, without waiting for it all afternoon. */
const singles = 100;

/** How many running tasks with a bill can be ended in a second: result, usage, audit entry and job, fenced, under RLS. */
export const settleBenchmark: Benchmark = {
  title: 'settle: tasks end',
  run: async (lab) => {
    const test = await createTestDatabase();
    const database = openDatabase({
      url: test.url,
      name: 'bench',
      maxConnections: 10,
      keepOpen: true,
      onError: () => {},
    });
    const writer = new TaskWriter(database);
    const deps = { database, boss: test.boss, writer };
    // The bill and the end in one transaction, as the naive way has them; the product stores the bill when the call ends.
    const end = async ({ claim, call, record }: Running) => {
      await Promise.all([
        closeCall(writer, claim, call, record, used, [], undefined),
        settle(deps, claim, { type: 'succeeded', output: { markdown: 'Done.' } }, []),
      ]);
    };
    const client = await database.pool.connect();
    try {
      const naive: number[] = [];
      const alone: number[] = [];
      const burst: number[] = [];
      await oneByOne(test, (running) => naiveSettle(client, test.boss, running));
      await oneByOne(test, end);
      for (let round = 0; round < rounds; round++) {
        lab.say(`   round ${round + 1} of ${rounds} …`);
        naive.push(await oneByOne(test, (running) => naiveSettle(client, test.boss, running)));
        alone.push(await oneByOne(test, end));
        burst.push(await together(test, end));
      }
      const ratio = (own: number[]) => median(own.map((rate, round) => rate / (naive[round] ?? 1)));
      const row = (name: string, own: number[]) => [
        name,
        median(own).toFixed(0),
        ratio(own).toFixed(1),
      ];
      return {
        tables: [
          {
            title: 'tasks ended a second',
            head: ['', 'tasks/s', '× naive'],
            rows: [
              row('naive: a transaction each, statement by statement', naive),
              row('ours, one after the other: a pipelined transaction each', alone),
              row(`ours, ${batch} at once: shared transactions`, burst),
            ],
          },
        ],
        thresholds: [
          {
            what: 'tasks ended in bursts',
            wanted: '≥ 12 × one by one',
            seen: `${ratio(burst).toFixed(1)} ×`,
            met: ratio(burst) >= 12,
          },
          {
            what: 'tasks ended as one pipelined transaction each',
            wanted: '≥ 3 × one by one',
            seen: `${ratio(alone).toFixed(1)} ×`,
            met: ratio(alone) >= 3,
          },
        ],
      };
    } finally {
      client.release();
      await database.close();
      await test.close();
    }
  },
};

async function oneByOne(
  test: TestDatabase,
  end: (running: Running) => Promise<void>,
): Promise<number> {
  const tasks = await openRunning(test, singles);
  const began = now();
  for (const task of tasks) await end(task);
  return (singles / (now() - began)) * 1000;
}

async function together(
  test: TestDatabase,
  end: (running: Running) => Promise<void>,
): Promise<number> {
  const tasks = await openRunning(test, batch * 5);
  let milliseconds = 0;
  for (let from = 0; from < tasks.length; from += batch) {
    const began = now();
    await Promise.all(tasks.slice(from, from + batch).map(end));
    milliseconds += now() - began;
  }
  return (tasks.length / milliseconds) * 1000;
}
