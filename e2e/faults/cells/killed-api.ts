import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import { type Followed, follow } from '../follow.ts';
import type { Lab } from '../lab/lab.ts';
import { submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';

const kills = 3;
/** A round, with the start of another API: its end must find submissions under way. */
const roundSeconds = 8;
const mostReaders = 30;

/**
 * The API's process dies with submissions under way and streams open. Those submissions are held by a lock at that moment:
 * the database has all that belongs to them, and commits it for nobody. Programs ask again, and readers go on where they were.
 */
const killed: Cell = {
  name: `API killed under load x${kills}`,
  run: async ({ lab, tasks, note }) => {
    let api = await lab.startApi();
    await lab.startWorkers();
    const load = submitLoad(lab, tasks, { overSeconds: roundSeconds * kills });
    const readers: Promise<Followed>[] = [];
    let committed = 0;
    for (let round = 0; round < kills; round++) {
      await readLater(lab, readers);
      committed += await whileHeld(lab, () => api.process.end('SIGKILL'));
      api = await lab.startApi();
    }
    const met = await load;
    const reconnects = await resumed(readers);
    note(`${met.unanswered} submissions unanswered, ${committed} committed for nobody`);
    note(`${readers.length} readers came back ${reconnects} times`);
    if (met.unanswered === 0 || committed === 0) throw new Error('it died with nothing under way');
  },
};

/** Breaks the API while submissions wait for a lock; returns how many of them became tasks afterwards, unheard. */
async function whileHeld(lab: Lab, fault: () => Promise<void>): Promise<number> {
  const { admin } = lab.system.db;
  const holder = await admin.connect();
  try {
    await holder.query('begin; lock table public.audit_entries in access exclusive mode');
    const held = await eventually('a submission waits', async () => {
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_locks l join pg_stat_activity a using (pid)
         where a.application_name = 'api' and not l.granted and l.relation = 'public.audit_entries'::regclass`,
      );
      return rows.length > 0 && rows.map(({ pid }) => pid);
    });
    await fault();
    const before = await countTasks(lab);
    await holder.query('rollback');
    await eventually('they are over', async () => {
      const { rowCount } = await admin.query(
        'select from pg_stat_activity where pid = any($1::int[])',
        [held],
      );
      return rowCount === 0;
    });
    return (await countTasks(lab)) - before;
  } finally {
    // With its lock, where that is still held.
    holder.release(true);
  }
}

async function countTasks(lab: Lab): Promise<number> {
  const { rows } = await lab.system.db.admin.query<{ n: number }>(
    'select count(*)::int as n from public.tasks',
  );
  return rows[0]?.n ?? 0;
}

const deployments = 3;
/** Streams end at once and requests are short, but a connection kept alive for the next one lives for 5 s. */
const mostSecondsToEnd = 8;

/** A new API takes over, the old one is told to stop: whoever asked it is answered, and readers go on at the new one. */
const deployed: Cell = {
  name: `deploy of the API: SIGTERM under load x${deployments}`,
  run: async ({ lab, tasks, note }) => {
    let api = await lab.startApi();
    await lab.startWorkers();
    const load = submitLoad(lab, tasks, { overSeconds: roundSeconds * deployments });
    const readers: Promise<Followed>[] = [];
    let slowest = 0;
    for (let round = 0; round < deployments; round++) {
      await readLater(lab, readers);
      const old = api;
      api = await lab.startApi();
      const began = performance.now();
      await old.process.end('SIGTERM');
      slowest = Math.max(slowest, (performance.now() - began) / 1000);
      if (old.process.ended?.code !== 0) throw new Error('an API did not stop in order');
    }
    const met = await load;
    const reconnects = await resumed(readers);
    note(`slowest end after ${slowest.toFixed(1)} s, ${met.unanswered} submissions unanswered`);
    note(`${readers.length} readers came back ${reconnects} times`);
    if (met.unanswered + met.putOff > 0) throw new Error('a deployment was noticed');
    if (slowest > mostSecondsToEnd) throw new Error(`an API took ${slowest} s to end`);
  },
};

/** Somebody looks at the latest tasks, which take longer than it takes to start an API. */
async function readLater(lab: Lab, readers: Promise<Followed>[]): Promise<void> {
  await lab.control('POST', 'faults', { kind: 'slow', tokens_per_second: 12, times: 10 });
  await lasting(2);
  const latest = lab.commands.slice(-Math.ceil(mostReaders / kills));
  for (const { taskId } of latest) readers.push(followAnybodys(lab, taskId));
}

async function followAnybodys(lab: Lab, taskId: string): Promise<Followed> {
  const { rows } = await lab.system.db.admin.query<{ org_id: string }>(
    'select org_id from public.tasks where id = $1',
    [taskId],
  );
  const tenant = lab.tenants.find(({ person }) => person.orgId === rows[0]?.org_id);
  if (!tenant) throw new Error('a task of nobody');
  return follow(tenant, taskId);
}

/** How often readers had to come back; throws when one missed something, or none had to. */
async function resumed(readers: Promise<Followed>[]): Promise<number> {
  const followed = await Promise.all(readers);
  const reconnects = followed.reduce((sum, reader) => sum + reader.reconnects, 0);
  if (reconnects === 0) throw new Error('no reader was interrupted');
  return reconnects;
}

export const killedApi: Cell[] = [killed, deployed];
