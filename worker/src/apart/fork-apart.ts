import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TakenJob } from '../intake/taken-job.ts';

/** Where jobs run that bring their workers down: in a process of their own each, which hurts nobody. */
export type Apart = {
  /** `busy`: as many as there may be run already. `died`: the process did not come to its end. */
  run: (job: TakenJob<TaskJob>) => Promise<'ended' | 'died' | 'busy'>;
  /** Asks all of them to stop as a worker stops, and resolves when they have. */
  stop: () => Promise<void>;
};

/** Each is a whole process, a second of starting and a hundred megabytes. */
const mostAtOnce = 2;

/** Starts `program` again, with this process's own settings, for every job. */
export function forkApart(program: string): Apart {
  const children = new Set<ChildProcess>();
  return {
    run: async ({ id, name, data, retryCount }) => {
      if (children.size >= mostAtOnce) return 'busy';
      const child = fork(program, {
        env: { ...process.env, WORKER_RUNS_ONE_JOB: '1' },
        // A terminal's Ctrl-C must not reach it beside our own signal: a second one ends it at once.
        detached: true,
      });
      children.add(child);
      try {
        child.send({ id, name, data, retryCount });
        const [code] = await once(child, 'exit');
        return code === 0 ? 'ended' : 'died';
      } finally {
        children.delete(child);
      }
    },
    stop: async () => {
      await Promise.all(
        [...children].map(async (child) => {
          const gone = once(child, 'exit');
          child.kill('SIGTERM');
          await gone;
        }),
      );
    },
  };
}
