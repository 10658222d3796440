import type { Logger } from '@devsphere/shared/log.ts';
import type { PgBoss } from 'pg-boss';
import type { TakenJob } from '../intake/taken-job.ts';

/** A third of the queue's heartbeat. */
const beatMilliseconds = 3_000;

/** Does the work of a job and tells the queue meanwhile that it is alive, so that another worker takes over soon if not. */
export async function whileBeating<P extends object>(
  boss: PgBoss,
  log: Logger,
  job: TakenJob<P>,
  work: () => Promise<void>,
): Promise<void> {
  const beat = () =>
    boss
      .touch(job.name, { id: job.id, retryCount: job.retryCount })
      // The next beat tries again; if none gets through, the job is given to another worker.
      .catch((error: unknown) => log.warn({ err: error, queue: job.name }, 'heartbeat failed'));
  const timer = setInterval(() => void beat(), beatMilliseconds);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}
