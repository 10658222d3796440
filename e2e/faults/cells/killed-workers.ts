import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabProcess } from '../lab/lab-process.ts';
import { listenToEnds } from '../listen-to-ends.ts';
import { drain, submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';
import { readLog } from '../read-log.ts';

const moments: Record<string, string> = {
  'before-call': 'before the call',
  'mid-stream': 'mid-stream',
  'after-reply': 'after the reply',
  'before-settle': 'before the settling commit',
  'inside-settle': 'inside the settling commit',
  'after-settle': 'after the settling commit',
  'before-webhook': 'before a webhook',
  'before-acknowledge': 'before a webhook is acknowledged',
};

/** Without somebody who is told of it a success is settled along with others, in one go from the job to the commit. */
const needListeners = new Set(['inside-settle', 'before-webhook', 'before-acknowledge']);

/** A heartbeat of 10 s, a look of the monitor each second, and 5 s for whatever else goes on. */
const recoveredWithinSeconds = 16;

/** One worker dies by its own hand in the middle of the load; another takes its place, and its tasks are taken over in time. */
const killedAt = (point: string, when: string): Cell => ({
  name: `SIGKILL ${when}`,
  run: async ({ lab, tasks, random, note }) => {
    if (needListeners.has(point)) await listenToEnds(lab);
    const passing = 1 + Math.floor(random() * Math.min(10, tasks / 4));
    const [doomed] = await lab.startWorkers({}, { failpoints: `${point}=kill@${passing}` });
    const load = submitLoad(lab, tasks);
    await eventually('the worker died', () => doomed.ended?.signal === 'SIGKILL', 40_000);
    const diedAt = new Date();
    if (!doomed.log.includes(`failpoint ${point}`)) throw new Error('it died somewhere else');
    await load;
    await drain(lab);
    const { rows } = await lab.system.db.admin.query(
      `select count(*)::int as lost, count(distinct l.task_id)::int as tasks,
              coalesce(max(extract(epoch from n.started_at - $1)), 0)::float8 as seconds
       from public.task_attempts l
       left join public.task_attempts n on n.org_id = l.org_id and n.task_id = l.task_id and n.attempt = l.attempt + 1
       where l.state = 'lost'`,
      [diedAt],
    );
    const { lost, tasks: lostTasks, seconds } = rows[0];
    note(`${lost} attempts lost, taken over within ${seconds.toFixed(1)} s`);
    if (lost !== lostTasks) throw new Error(`${lost} attempts of ${lostTasks} tasks were lost`);
    if (seconds > recoveredWithinSeconds) throw new Error(`taken over after ${seconds} s`);
  },
});

const nemesisSeconds = 60;
/** So that calls are under way whenever somebody dies, and hardly a task meets more deaths than it may. */
const callMilliseconds = 500;

const nemesis: Cell = {
  name: 'random SIGKILL every 2-5 s for a minute',
  run: async ({ lab, tasks, random, note }) => {
    await lab.control('PUT', 'pace', { tokens_per_second: 0, first_token_ms: callMilliseconds });
    await lab.startWorkers();
    const load = submitLoad(lab, tasks, { overSeconds: nemesisSeconds });
    const until = performance.now() + nemesisSeconds * 1000;
    let killed = 0;
    while (performance.now() < until) {
      await lasting(2 + 3 * random());
      const living = lab.workers.filter(({ ended }) => !ended);
      const victim = living[Math.floor(random() * living.length)];
      if (!victim) continue;
      await victim.end('SIGKILL');
      killed++;
    }
    await load;
    await drain(lab);
    const { rows } = await lab.system.db.admin.query(
      `select count(*)::int as lost, count(distinct task_id)::int as tasks from public.task_attempts where state = 'lost'`,
    );
    note(`${killed} workers killed, ${rows[0].lost} attempts of ${rows[0].tasks} tasks lost`);
    if (rows[0].lost === 0) throw new Error('nobody died at work');
  },
};

const paused: Cell = {
  name: 'SIGSTOP 15 s, then SIGCONT',
  run: async ({ lab, tasks, note }) => {
    // Its streams go on when it wakes up, or have ended meanwhile, while others have its tasks.
    await lab.control('POST', 'faults', { kind: 'slow', tokens_per_second: 12, times: 20 });
    // It sleeps longer than it lets a stream be silent, and yet goes on reading when it wakes up, and writing.
    const [asleep] = await lab.startWorkers({ idleSeconds: 10 });
    const load = submitLoad(lab, tasks);
    await eventually('it has calls under way', () => isStreaming(lab, asleep, 4));
    asleep.signal('SIGSTOP');
    await cutOff(lab, asleep);
    await lasting(15);
    asleep.signal('SIGCONT');
    await load;
    await drain(lab);
    const { rows } = await lab.system.db.admin.query(
      `select count(*) filter (where state = 'lost')::int as lost, (select last_value::int from faults.refusals) as refused
       from public.task_attempts`,
    );
    const gaveUp = readLog(asleep).filter(({ msg }) => msg.startsWith('claim lost')).length;
    const { lost, refused } = rows[0];
    note(`${lost} claims lost, ${gaveUp} given up by who slept, ${refused} writes refused`);
    if (lost === 0 || gaveUp === 0 || refused === 0)
      throw new Error('no claim was lost and refused');
    if (readLog(asleep).some(({ msg }) => msg.startsWith('the provider is left alone')))
      throw new Error("who slept took its own silence for the provider's");
  },
};

/** Nobody can tell it that others have its tasks: it finds out by itself. */
async function cutOff(lab: Lab, worker: LabProcess): Promise<void> {
  await lab.system.db.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
       and application_name in (select worker || '-listen' from public.task_attempts where task_id = any($1))`,
    [startedBy(worker)],
  );
}

async function isStreaming(lab: Lab, worker: LabProcess, calls: number): Promise<boolean> {
  const { rows } = await lab.system.db.admin.query(
    `select count(*)::int as n from public.llm_calls
     where state = 'started' and started_at < now() - interval '0.5 seconds' and task_id = any($1)`,
    [startedBy(worker)],
  );
  return rows[0].n >= calls;
}

const startedBy = (worker: LabProcess) =>
  readLog(worker).flatMap(({ msg, taskId }) => (msg === 'attempt started' ? [taskId] : []));

const deployments = 10;
const graceSeconds = 5;
/** Beyond the grace, for closing connections. */
const closingSeconds = 2;

const deploys: Cell = {
  name: `deploy: SIGTERM under load x${deployments}`,
  run: async ({ lab, tasks, note }) => {
    await lab.startWorkers({ graceSeconds });
    const load = submitLoad(lab, tasks, { overSeconds: 2 * deployments });
    let slowest = 0;
    for (let round = 0; round < deployments; round++) {
      const [oldest] = lab.workers.filter(({ ended }) => !ended);
      // Longer than the grace: these are given back. Not in every round, which would all take so long.
      if (round % 3 === 0)
        await lab.control('POST', 'faults', { kind: 'slow', tokens_per_second: 10, times: 4 });
      await lab.startWorker({ graceSeconds });
      const began = performance.now();
      await oldest?.end('SIGTERM');
      slowest = Math.max(slowest, (performance.now() - began) / 1000);
      if (oldest?.ended?.code !== 0) throw new Error('a worker did not stop in order');
    }
    await load;
    await drain(lab);
    const { rows } = await lab.system.db.admin.query(
      `select count(*) filter (where state in ('failed', 'lost'))::int as broken,
              count(*) filter (where state = 'released')::int as released
       from public.task_attempts`,
    );
    const { broken, released } = rows[0];
    note(`slowest end after ${slowest.toFixed(1)} s, ${released} attempts given back`);
    if (broken > 0) throw new Error(`${broken} attempts failed in a deployment`);
    if (released === 0) throw new Error('no attempt outlived the grace');
    if (slowest > graceSeconds + closingSeconds)
      throw new Error(`a worker took ${slowest} s to end`);
  },
};

export const killedWorkers: Cell[] = [
  ...Object.entries(moments).map(([point, when]) => killedAt(point, when)),
  nemesis,
  paused,
  deploys,
];
