import type { Database } from '@devsphere/shared/db/database.ts';
import { isRolledBack } from '@devsphere/shared/db/is-rolled-back.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { queues } from '@devsphere/shared/queue/queues.ts';
import type { NamedJob } from '@devsphere/shared/queue/work-notice.ts';
import type { Runner } from '../runner/runner.ts';
import type { Controls } from './controls.ts';
import { Fetcher, type Taken, type TakenByName } from './fetcher.ts';
import { takeServiceJobs } from './take-service-jobs.ts';
import { TaskTaker } from './take-tasks.ts';
import type { TakenJob } from './taken-job.ts';

export type IntakeDependencies = {
  /** Connections for taking alone: no other work is in the way, and none is planned anew. */
  database: Database;
  controls: Controls;
  onDue: (milliseconds: number) => void;
  log: Logger;
};

/** The fetchers of the queues of tasks, feeding one runner. */
export function taskFetchers(
  deps: IntakeDependencies,
  { runner, worker, slots }: { runner: Runner; worker: string; slots: number },
): Fetcher[] {
  return Object.values(queues).map(({ name: queue }) => {
    const taker = new TaskTaker({ ...deps, queue, worker });
    const take = async (free: number): Promise<Taken> => {
      const isReady = await runner.isReadyFor(queue);
      const { tasks, waits } = await takeAndClaim(taker, free, isReady, deps.log);
      return { runs: tasks.map((task) => () => runner.run(task, task.wasToBeClaimed)), waits };
    };
    const takeNamed = async (named: readonly NamedJob[]): Promise<TakenByName | undefined> => {
      const paused = new Set(deps.controls.limits?.paused);
      if (named.some(({ orgId }) => paused.has(orgId)) || !(await runner.isReadyFor(queue)))
        return undefined;
      const { tasks, limited } = await taker.takeNamed(named);
      return { runs: tasks.map((task) => () => runner.run(task, true)), limited };
    };
    return new Fetcher({ ...deps, queue, slots, take, takeNamed });
  });
}

/** One task that can't be claimed for a reason of the database must not hold up those taken with it: they are claimed apart. */
async function takeAndClaim(taker: TaskTaker, free: number, claim: boolean, log: Logger) {
  const taken = await taker.take(free, { claim }).catch((error: unknown) => {
    if (!claim || !isRolledBack(error)) throw error;
    log.error({ err: error }, 'tasks could not be claimed together');
    return undefined;
  });
  const { tasks, waits } = taken ?? (await taker.take(free, { claim: false }));
  const wasToBeClaimed = claim && taken !== undefined;
  return { tasks: tasks.map((task) => ({ ...task, wasToBeClaimed })), waits };
}

/** The fetcher of a queue that is not one of tasks; running a job of it never rejects. */
export function serviceFetcher<Payload>(
  deps: IntakeDependencies,
  queue: string,
  slots: number,
  run: (job: TakenJob<Payload>) => Promise<void>,
): Fetcher {
  const take = async (free: number): Promise<Taken> => {
    const { jobs, waits } = await takeServiceJobs<Payload>(deps.database, queue, free);
    return { runs: jobs.map((job) => () => run(job)), waits };
  };
  return new Fetcher({ ...deps, queue, slots, take });
}
