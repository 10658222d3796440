import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { extractOf, promptOf } from '../bodies.ts';
import type { Cell, Endings } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import { poisonWorker } from '../lab/worker-process.ts';
import { drain, submitLoad, submitOne } from '../load.ts';

type Poison = {
  name: string;
  body: object;
  /** How its attempts end, in order, and the task. */
  attempts: string[];
  state: string;
  code: string;
};

const prompt = (text: string) => ({
  kind: 'assistant.prompt',
  input: { prompt: `${text} please` },
});
/** Its worker vanishes with it: twice among others, twice alone, then nobody takes it any more. */
const deadly = { attempts: ['lost', 'lost', 'lost', 'lost', 'failed'], state: 'failed' };
const tried = { attempts: ['failed', 'failed', 'failed'], state: 'failed', code: 'internal' };

const poisons: Poison[] = [
  { name: 'throws', body: prompt('poison-throws'), ...tried },
  {
    name: 'never resolves',
    body: {
      kind: 'code.review',
      input: { diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n', focus: 'poison-hangs' },
    },
    ...tried,
    code: 'deadline_exceeded',
  },
  {
    name: 'says what no database stores',
    body: prompt('poison-mumbles'),
    attempts: ['failed'],
    state: 'failed',
    code: 'not_storable',
  },
  {
    name: 'blocks the event loop for ever',
    body: prompt('poison-blocks'),
    ...deadly,
    code: 'worker_lost',
  },
  { name: 'kills its process', body: prompt('poison-kills'), ...deadly, code: 'worker_lost' },
  { name: 'eats all memory', body: prompt('poison-eats'), ...deadly, code: 'worker_lost' },
  {
    name: 'returns a cycle',
    body: {
      kind: 'data.extract',
      input: { text: 'poison-cycles', schema: { type: 'object', properties: {} } },
    },
    ...tried,
  },
];

/** One such task in the middle of a load: it ends as it must, and everybody else's succeed. */
const poisoned = (chosen: Poison[], name: string): Cell => ({
  name: `poison: ${name}`,
  endings: counted(chosen.map(({ state, code }) => `${state} ${code}`)),
  run: async ({ lab, tasks, note }) => {
    // Slow enough that there are always others beside it.
    await lab.control('PUT', 'pace', { tokens_per_second: 120, first_token_ms: 50 });
    const workers = { program: poisonWorker, blockedSeconds: 4, mostMegabytes: 160 };
    await lab.startWorkers(workers);
    const [tenant] = lab.tenants;
    if (!tenant) throw new Error('a lab has organisations');
    const load = submitLoad(lab, tasks, { overSeconds: 10 });
    const ids = await Promise.all(
      chosen.map((poison) => submitOne(lab, tenant, `poison ${poison.name}`, poison.body)),
    );
    await load;
    await drain(lab, 150);
    for (const [index, poison] of chosen.entries()) await endedAs(lab, ids[index] ?? '', poison);
    const { admin } = lab.system.db;
    const { rows } = await admin.query(
      'select count(*)::int as others, max(attempt) as attempts from public.tasks where id <> all($1::uuid[])',
      [ids],
    );
    const deaths = lab.workers.filter(({ ended }) => ended).length;
    const { others, attempts } = rows[0];
    note(`${deaths} workers died, ${others} others ended after ${attempts} attempts at most`);
  },
});

function counted(names: string[]): Endings {
  const groups = [...Map.groupBy(names, (name) => name)];
  return Object.fromEntries(groups.map(([name, { length }]) => [name, length]));
}

async function endedAs(lab: Lab, id: string, poison: Poison): Promise<void> {
  const { rows } = await lab.system.db.admin.query(
    `select t.state, t.error ->> 'code' as code,
            (select array_agg(a.state order by a.attempt) from public.task_attempts a where a.task_id = t.id) as attempts,
            exists (select from pgboss.job d where d.name = t.job_queue || '.dead' and d.source_id = t.job_id) as dead
     from public.tasks t where t.id = $1`,
    [id],
  );
  const { state, attempts, code } = poison;
  const isDeadly = attempts.includes('lost');
  const had: string[] = rows[0].attempts;
  // One that is not may have run beside one that is.
  const own = isDeadly ? had : had.filter((attempt) => attempt !== 'lost');
  const wanted = JSON.stringify({ state, code, attempts, dead: state === 'failed' });
  if (JSON.stringify({ ...rows[0], attempts: own }) !== wanted)
    throw new Error(`what ${poison.name} ended as ${JSON.stringify(rows[0])}, not ${wanted}`);
}

/** Jobs that no version of ours would send, and one of a task that a later version sent. */
const payloads: Cell = {
  name: 'poison: payloads nobody can read',
  endings: { 'failed unknown_payload_version': 1 },
  run: async ({ lab, tasks }) => {
    const { boss, admin } = lab.system.db;
    const [tenant] = lab.tenants;
    if (!tenant) throw new Error('a lab has organisations');
    await submitOne(lab, tenant, 'of a later version', prompt('What is new'));
    await admin.query(
      `update pgboss.job set data = data || '{"version": 2}' where name = 'tasks.claude'`,
    );
    await lab.startWorkers();
    const bad = [{ version: 99 }, {}, { version: 1 }, { version: 1, orgId: 'x', taskId: 'y' }];
    const ids = await Promise.all(bad.map((payload) => boss.send('tasks.claude', payload)));
    await submitLoad(lab, tasks);
    await eventually('all are dead', async () => {
      const { rows } = await admin.query(
        `select count(*)::int as n from pgboss.job where name = 'tasks.claude.dead' and source_id = any($1)`,
        [ids],
      );
      return rows[0].n === bad.length;
    });
  },
};

const bytes = 10 * 1024 * 1024;

/** Inputs beyond every bound are refused where they arrive, while the rest goes on. */
const tooLarge: Cell = {
  name: 'poison: 10 MB of input',
  run: async ({ lab, tasks, note }) => {
    await lab.startWorkers();
    const load = submitLoad(lab, tasks);
    const statuses: number[] = [];
    for (const tenant of lab.tenants) {
      const { orgId } = tenant.person;
      const large = 'x'.repeat(bytes);
      const long = 'x'.repeat(500_000);
      for (const body of [
        { kind: 'assistant.prompt', input: { prompt: large } },
        { ...promptOf(0, tenant), metadata: { large } },
        { kind: 'assistant.prompt', input: { prompt: 'Read this.', context: long } },
        { ...extractOf(0, tenant), input: { text: long, schema: { type: 'object' } } },
      ])
        statuses.push((await tenant.client.submit(orgId, body)).status);
    }
    note(`answered ${[...new Set(statuses)].join(' and ')}`);
    if (statuses.some((status) => status !== 413 && status !== 400))
      throw new Error(`too large an input was answered ${statuses.join(', ')}`);
    await load;
  },
};

export const poison: Cell[] = [
  ...poisons.map((each) => poisoned([each], each.name)),
  poisoned(poisons, 'all of these at once'),
  payloads,
  tooLarge,
];
