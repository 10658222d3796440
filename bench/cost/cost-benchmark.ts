import type pg from 'pg';
import type { Benchmark, Report } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import type { Lab } from '../lab/lab.ts';
import { type Ours, openOurs } from '../submitters/ours.ts';

const idleSeconds = 60;
/** Until what a start brings with it is over: first looks, retention, the first probes. */
const settleSeconds = 30;
const workers = 4;
const rates = [5, 50] as const;
const tasksEach = 150;

/** What we ask of the database: at rest, and for each task. */
export const costBenchmark: Benchmark = {
  title: 'cost: transactions',
  run: async (lab) => {
    const idle = await measureIdle(lab);
    const perTask = await measureTasks(lab);
    return {
      tables: [...idle.tables, ...perTask.tables],
      thresholds: [...idle.thresholds, ...perTask.thresholds],
    };
  },
};

async function measureIdle(lab: Lab): Promise<Report> {
  const ours = await openOurs(1);
  try {
    const files = { worker: 'our-empty-worker.ts', api: 'our-api.ts' };
    const rows: string[][] = [];
    const rates: number[] = [];
    for (const [name, file] of Object.entries(files)) {
      lab.say(`   an idle ${name}, ${settleSeconds + idleSeconds} s …`);
      const { child } = await Child.start(file, [ours.test.url]);
      await pause(settleSeconds);
      const before = await transactions(ours.test.admin);
      await pause(idleSeconds);
      // The two questions how many there were are transactions as well.
      const rate = ((await transactions(ours.test.admin)) - before - 1) / idleSeconds;
      rows.push([name, rate.toFixed(2)]);
      rates.push(rate);
      await child.stop();
    }
    const most = Math.max(...rates);
    return {
      tables: [{ title: 'at rest', head: ['one process', 'transactions/s'], rows }],
      thresholds: [
        {
          what: 'transactions a second of a process at rest',
          wanted: '≤ 2',
          seen: most.toFixed(2),
          met: most <= 2,
        },
      ],
    };
  } finally {
    await ours.close();
  }
}

async function measureTasks(lab: Lab): Promise<Report> {
  const simulator = await Child.start('simulator.ts', ['0']);
  const rows: string[][] = [];
  const empties: number[] = [];
  try {
    for (const perSecond of rates) {
      lab.say(`   ${workers} workers, ${perSecond} tasks a second …`);
      const empty = await costOf(perSecond, 'our-empty-worker.ts', []);
      const real = await costOf(perSecond, 'our-worker.ts', [simulator.detail]);
      empties.push(empty);
      rows.push([`${perSecond}/s`, empty.toFixed(1), real.toFixed(1)]);
    }
  } finally {
    await simulator.child.stop();
  }
  const most = Math.max(...empties);
  return {
    tables: [
      {
        title: `transactions a task with ${workers} workers, less what they ask at rest`,
        head: ['', 'life cycle alone', 'with a model call'],
        rows,
      },
    ],
    thresholds: [
      {
        what: `transactions a task with ${workers} workers`,
        wanted: '≤ 8',
        seen: most.toFixed(1),
        met: most <= 8,
      },
    ],
  };
}

/** Each worker hears of each task. */
async function costOf(perSecond: number, file: string, args: string[]): Promise<number> {
  const ours = await openOurs(4);
  const children: Child[] = [];
  try {
    for (let n = 0; n < workers; n++)
      children.push((await Child.start(file, [ours.test.url, ...args])).child);
    await load(ours, perSecond, 20);
    await pause(settleSeconds);
    const restBefore = await transactions(ours.test.admin);
    await pause(idleSeconds / 3);
    const atRest = ((await transactions(ours.test.admin)) - restBefore - 1) / (idleSeconds / 3);
    const before = await transactions(ours.test.admin);
    const began = performance.now();
    await load(ours, perSecond, tasksEach);
    const seconds = (performance.now() - began) / 1000;
    return ((await transactions(ours.test.admin)) - before - 1 - atRest * seconds) / tasksEach;
  } finally {
    for (const child of children) await child.stop();
    await ours.close();
  }
}

/** Hands tasks in at a steady rate and waits until all have ended. */
async function load(ours: Ours, perSecond: number, count: number): Promise<void> {
  const submitted: Promise<string>[] = [];
  const began = performance.now();
  for (let n = 0; n < count; n++) {
    await pause((began + (n / perSecond) * 1000 - performance.now()) / 1000);
    submitted.push(ours.submit());
  }
  await Promise.all(submitted);
  await pause(1.5);
}

/** Of this database so far; what backends have not told yet is told within a second of rest. */
async function transactions(admin: pg.Pool): Promise<number> {
  await pause(1.5);
  const { rows } = await admin.query<{ n: number }>(
    'select (xact_commit + xact_rollback)::float8 as n from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.n ?? 0;
}

const pause = (seconds: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, seconds * 1000)));
