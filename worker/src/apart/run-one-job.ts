import { once } from 'node:events';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import { openRunner } from '../open-runner.ts';
import type { WorkerOptions } from '../worker-options.ts';

export type OneJob = {
  /** Resolves when the job is settled, given back, or somebody else's. */
  done: Promise<void>;
  /** Lets it finish for the grace, gives it back otherwise, then closes. */
  stop: (graceSeconds: number) => Promise<void>;
};

/** Runs the one job the parent process sends, takes none from any queue, and leaves all other work to others. */
export async function runOneJob(options: WorkerOptions): Promise<OneJob> {
  const received = once(process, 'message');
  const { runner, close } = await openRunner(options, { maxConnections: 3, supervise: false });
  const done = received.then(([job]) =>
    runner.run({ job: job as TakenJob<TaskJob>, claim: undefined }, false),
  );
  return {
    done,
    stop: async (graceSeconds) => {
      await runner.drain(graceSeconds);
      await close();
    },
  };
}
