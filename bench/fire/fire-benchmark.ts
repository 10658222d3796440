import { eventually } from '../../shared/src/testing/eventually.ts';
import { signUp } from '../../shared/src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../shared/src/testing/test-database.ts';
import type { Benchmark } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import type { Lab } from '../lab/lab.ts';
import { median } from '../statistics.ts';

const schedules = 1_000;
const organizations = 4;
const rounds = 3;
const limitSeconds = 3;

type Round = { seconds: number; tasks: number; runs: number };

/** How fast two workers fire what is due at the same moment. */
export const fireBenchmark: Benchmark = {
  title: `fire: ${schedules} schedules are due at once`,
  run: async (lab) => {
    const test = await createTestDatabase();
    try {
      await createSchedules(test);
      const alone = await withProcesses(lab, test, ['our-clock.ts', 'our-clock.ts']);
      await test.admin.query('truncate pgboss.job; truncate tasks cascade');
      const busy = await withProcesses(lab, test, ['our-worker.ts', 'our-worker.ts']);
      return {
        tables: [
          {
            title: `from due to the last of ${schedules} submitted, two workers`,
            head: ['', 'median s', 'worst s', 'schedules/s', 'tasks per occurrence'],
            rows: [
              row('their clocks alone, tasks left waiting', alone),
              row('while they run the tasks as well', busy),
            ],
          },
        ],
        thresholds: [
          {
            what: `${schedules} due schedules fired by two workers, each once`,
            wanted: `≤ ${limitSeconds} s`,
            seen: `${medianSeconds(alone).toFixed(2)} s, ${eachOnce([...alone, ...busy]) ? 'each once' : 'NOT each once'}`,
            met: medianSeconds(alone) <= limitSeconds && eachOnce([...alone, ...busy]),
          },
        ],
      };
    } finally {
      await test.close();
    }
  },
};

async function withProcesses(lab: Lab, test: TestDatabase, files: string[]): Promise<Round[]> {
  const simulator = await Child.start('simulator.ts', ['0']);
  const children: Child[] = [];
  for (const file of files)
    children.push((await Child.start(file, [test.url, simulator.detail])).child);
  try {
    const results: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      results.push(await fireAll(test));
      lab.say(
        `   ${files[0]}, round ${round + 1} of ${rounds}: ${results.at(-1)?.seconds.toFixed(2)} s`,
      );
    }
    return results;
  } finally {
    for (const child of [...children, simulator.child]) await child.stop();
  }
}

const medianSeconds = (results: Round[]) => median(results.map(({ seconds }) => seconds));
const eachOnce = (results: Round[]) =>
  results.every(({ tasks, runs }) => tasks === schedules && runs === schedules);

function row(name: string, results: Round[]): string[] {
  return [
    name,
    medianSeconds(results).toFixed(2),
    Math.max(...results.map(({ seconds }) => seconds)).toFixed(2),
    (schedules / medianSeconds(results)).toFixed(0),
    eachOnce(results) ? '1' : 'not 1',
  ];
}

/** Not due before their round; the same as people would have made, only faster. */
async function createSchedules(test: TestDatabase): Promise<void> {
  for (let index = 0; index < organizations; index++) {
    const { orgId, actor } = await signUp(test, `bench-${index}`);
    await test.admin.query(`update organizations set plan = 'scale' where org_id = $1`, [orgId]);
    await test.admin.query(
      `insert into schedules (org_id, id, name, kind, input, cron, time_zone, runs_as, created_by, request_hash)
       select $1, app.uuid_v7(), 'Bench', 'assistant.prompt', '{"prompt": "Say hello."}', '0 0 1 1 *', 'Europe/Berlin', $2, $2, 'bench'
       from generate_series(1, $3)`,
      [orgId, actor.userId, schedules / organizations],
    );
  }
  await test.admin.query('analyze');
}

async function fireAll({ admin }: TestDatabase): Promise<Round> {
  const { rows } = await admin.query<{ due: Date }>(
    `with due as (update schedules set next_run_at = now() returning 1) select now() as due, count(*) from due`,
  );
  const due = rows[0]?.due;
  const fired = await eventually(
    'every schedule fired',
    async () => {
      const { rows } = await admin.query<{ n: number; last: Date }>(
        `select count(*)::int as n, max(fired_at) as last from schedule_runs where nominal_at = $1 and state = 'fired'`,
        [due],
      );
      return rows[0]?.n === schedules ? rows[0].last : undefined;
    },
    60_000,
  );
  const counts = await admin.query<{ runs: number; tasks: number }>(
    `select (select count(*)::int from schedule_runs where nominal_at = $1) as runs,
            (select count(*)::int from tasks where created_at >= $1 and idempotency_key like 'schedule:%') as tasks`,
    [due],
  );
  const { runs = 0, tasks = 0 } = counts.rows[0] ?? {};
  return { seconds: (fired.getTime() - (due?.getTime() ?? 0)) / 1000, tasks, runs };
}
