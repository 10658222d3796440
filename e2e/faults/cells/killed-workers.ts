import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import { listenToEnds } from '../listen-to-ends.ts';
import { submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';

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

/** One worker dies by its own hand in the middle of the load; another takes its place. */
const killedAt = (point: string, when: string): Cell => ({
  name: `SIGKILL ${when}`,
  run: async ({ lab, tasks, random }) => {
    if (point.startsWith('before-webhook') || point === 'before-acknowledge')
      await listenToEnds(lab);
    const passing = 1 + Math.floor(random() * Math.min(10, tasks / 4));
    const [doomed] = await lab.startWorkers({}, { failpoints: `${point}=kill@${passing}` });
    const load = submitLoad(lab, tasks);
    await eventually('the worker died', () => doomed.ended?.signal === 'SIGKILL', 40_000);
    await load;
  },
});

const nemesis: Cell = {
  name: 'random SIGKILL every 2-5 s for a minute',
  run: async ({ lab, tasks, random }) => {
    await lab.startWorkers();
    const load = submitLoad(lab, tasks);
    const until = performance.now() + 60_000;
    for (; performance.now() < until; ) {
      await lasting(2 + 3 * random());
      const living = lab.workers.filter(({ ended }) => !ended);
      await living[Math.floor(random() * living.length)]?.end('SIGKILL');
    }
    await load;
  },
};

const paused: Cell = {
  name: 'SIGSTOP 15 s, then SIGCONT',
  run: async ({ lab, tasks }) => {
    // Its streams go on when it wakes up, while others have its tasks.
    await lab.control('POST', 'faults', { kind: 'slow', tokens_per_second: 12, times: 20 });
    const [asleep] = await lab.startWorkers();
    const load = submitLoad(lab, tasks);
    await eventually('it works', () => asleep.log.includes('attempt started'));
    asleep.signal('SIGSTOP');
    await lasting(15);
    asleep.signal('SIGCONT');
    await load;
  },
};

const deploys: Cell = {
  name: 'deploy: SIGTERM under load x10',
  run: async ({ lab, tasks }) => {
    await lab.startWorkers({ graceSeconds: 5 });
    const load = submitLoad(lab, tasks);
    for (let round = 0; round < 10; round++) {
      const [oldest] = lab.workers.filter(({ ended }) => !ended);
      await lab.startWorker({ graceSeconds: 5 });
      await oldest?.end('SIGTERM');
      if (oldest?.ended?.code !== 0) throw new Error('a worker did not stop in order');
    }
    await load;
    const { rows } = await lab.system.db.admin.query(
      `select count(*)::int as n from public.task_attempts where state in ('failed', 'lost')`,
    );
    if (rows[0].n > 0) throw new Error(`${rows[0].n} attempts failed in a deployment`);
  },
};

export const killedWorkers: Cell[] = [
  ...Object.entries(moments).map(([point, when]) => killedAt(point, when)),
  nemesis,
  paused,
  deploys,
];
