import { promptOf } from './bodies.ts';
import type { Lab } from './lab/lab.ts';
import { submitOne } from './load.ts';
import { lasting } from './pause.ts';

export type Disturbance = {
  name: string;
  /** Makes it, and takes it back where it does not pass by itself. */
  make: (lab: Lab, random: () => number) => Promise<void>;
};

const one = (lab: Lab, random: () => number) => {
  const living = lab.workers.filter(({ ended }) => !ended);
  return living[Math.floor(random() * living.length)];
};
const misbehave = (name: string, ...faults: object[]): Disturbance => ({
  name: `provider: ${name}`,
  make: (lab) => lab.control('POST', 'faults', faults),
});
const terminate = async (lab: Lab, which: string) => {
  await lab.system.db.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename = 'devsphere_app' and application_name ${which}`,
  );
};
const poison = (word: string): Disturbance => ({
  name: `a task ${word}`,
  make: async (lab, random) => {
    const [tenant] = lab.tenants;
    if (!tenant) throw new Error('a lab has organisations');
    const body = { kind: 'assistant.prompt', input: { prompt: `poison-${word} please` } };
    await submitOne(lab, tenant, `poison-${word}-${random()}`, body);
  },
});

/** Faults that pass, for a load that goes on: workers run `poison-worker.ts` behind both proxies, on a server of the lab's own. */
export const disturbances: Disturbance[] = [
  { name: 'a worker is killed', make: async (lab, random) => one(lab, random)?.end('SIGKILL') },
  {
    name: 'all workers are killed',
    make: async ({ workers }) => {
      await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
    },
  },
  {
    name: 'the API is killed',
    make: async (lab) => {
      await lab.apis.at(-1)?.process.end('SIGKILL');
      await lab.startApi({ databaseUrl: lab.proxiedUrl });
    },
  },
  {
    name: 'a worker is stopped in order, after another started',
    make: async (lab, random) => {
      const leaving = one(lab, random);
      await lab.startLikeBefore();
      await leaving?.end('SIGTERM');
    },
  },
  {
    name: 'a worker sleeps for 15 s',
    make: async (lab, random) => {
      const asleep = one(lab, random);
      asleep?.signal('SIGSTOP');
      await lasting(15);
      asleep?.signal('SIGCONT');
    },
  },
  {
    name: 'Postgres is stopped at once',
    make: async ({ server }) => {
      await server.crash();
      await server.start();
    },
  },
  {
    name: 'Postgres is down for 15 s',
    make: async ({ server }) => {
      await server.crash();
      await lasting(15);
      await server.start();
    },
  },
  { name: 'every connection to the database is cut', make: async ({ proxy }) => proxy.cut() },
  {
    name: 'the database is out of reach for 15 s',
    make: async ({ proxy }) => {
      proxy.down();
      await lasting(15);
      proxy.heal();
    },
  },
  { name: 'connections to the database are forgotten', make: async ({ proxy }) => proxy.forget() },
  {
    name: 'replies to ten commits are lost',
    make: async ({ proxy }) => proxy.loseCommitReplies(10),
  },
  { name: 'listeners are killed', make: (lab) => terminate(lab, `like '%-listen'`) },
  {
    name: 'every connection is killed',
    make: (lab) => terminate(lab, `not in ('test', 'test-queue')`),
  },
  {
    name: 'somebody holds a lock for 8 s',
    make: async ({ system }) => {
      const holder = await system.db.admin.connect();
      try {
        await holder.query('begin; lock table public.audit_entries in access exclusive mode');
        await lasting(8);
        await holder.query('rollback');
      } finally {
        holder.release();
      }
    },
  },
  {
    name: 'connections to the provider are forgotten',
    make: async ({ providerProxy }) => providerProxy.forget(),
  },
  {
    name: 'connections to the provider are cut',
    make: async ({ providerProxy }) => providerProxy.cut(),
  },
  {
    name: 'provider: 529 for 15 s',
    make: async (lab) => {
      await lab.control('POST', 'faults', { kind: 'status', status: 529, times: 1_000_000 });
      await lasting(15);
      await lab.control('DELETE', 'faults');
    },
  },
  misbehave('429', { kind: 'status', status: 429, headers: { 'retry-after': '2' }, times: 10 }),
  misbehave('500', { kind: 'status', status: 500, times: 5 }),
  misbehave(
    'broken streams',
    ...['error_event', 'cut', 'early_end', 'garbled'].map((kind) => ({
      kind,
      after_tokens: 5,
      times: 3,
    })),
  ),
  misbehave(
    'silence',
    { kind: 'stall', after_tokens: 5, ms: 60_000, times: 3 },
    { kind: 'hang', times: 2 },
    { kind: 'lost_reply', times: 3 },
  ),
  misbehave(
    'answers cut short',
    ...['max_tokens', 'refusal', 'pause_turn'].map((stop_reason) => ({
      kind: 'stop_reason',
      stop_reason,
    })),
  ),
  misbehave('bytes of characters apart', { kind: 'split_utf8', times: 10 }),
  {
    name: 'one command fifty times',
    make: async (lab, random) => {
      const [tenant] = lab.tenants;
      if (!tenant) throw new Error('a lab has organisations');
      const key = `again-${random()}`;
      const again = () => submitOne(lab, tenant, key, promptOf(0, tenant));
      await Promise.all(Array.from({ length: 50 }, again));
    },
  },
  poison('throws'),
  poison('kills'),
  poison('blocks'),
  poison('eats'),
];
