import { queues } from '../../shared/src/queue/queues.ts';
import type { Benchmark } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import { now } from '../lab/clock.ts';
import { median } from '../statistics.ts';
import { openOurs } from '../submitters/ours.ts';

const rounds = 3;
/** Longer than any round: only death ends these tasks early. */
const taskSeconds = 600;
const beyondHeartbeatSeconds = 2;

/** How long a task waits for another worker when the one that ran it is killed. */
export const recoveryBenchmark: Benchmark = {
  title: 'recovery: the worker that runs a task is killed',
  run: async (lab) => {
    const ours = await openOurs(2);
    const startWorker = async () =>
      (await Child.start('our-empty-worker.ts', [ours.test.url, '10', String(taskSeconds)])).child;
    const seconds: number[] = [];
    try {
      for (let round = 0; round < rounds; round++) {
        lab.say(`   round ${round + 1} of ${rounds} …`);
        const doomed = await startWorker();
        const task = await ours.submit();
        await doomed.startOf(task);
        const heir = await startWorker();
        const killedAt = now();
        await doomed.kill();
        const { at } = await heir.startOf(task);
        seconds.push((at - killedAt) / 1000);
        await heir.kill();
        await ours.test.admin.query(
          `update tasks set cancel_requested_at = now() where state = 'running'`,
        );
        await ours.test.admin.query(`delete from pgboss.job where name = '${queues.claude.name}'`);
      }
    } finally {
      await ours.close();
    }
    const worst = Math.max(...seconds);
    const wanted = queues.claude.heartbeatSeconds + beyondHeartbeatSeconds;
    return {
      tables: [
        {
          title: 'from SIGKILL to the next start of its task, elsewhere',
          head: ['', 'median s', 'most s'],
          rows: [['ours', median(seconds).toFixed(1), worst.toFixed(1)]],
        },
      ],
      thresholds: [
        {
          what: "a killed worker's task starts again",
          wanted: `≤ ${wanted} s (heartbeat + ${beyondHeartbeatSeconds} s)`,
          seen: `${worst.toFixed(1)} s`,
          met: worst <= wanted,
        },
      ],
    };
  },
};
