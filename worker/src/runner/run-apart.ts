import { deliveriesLimit, type TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { Job, PgBoss } from 'pg-boss';
import type { Apart } from '../apart/fork-apart.ts';
import { bossFail } from './boss-fail.ts';

/** For one of the few processes to get free. */
const secondsWhenBusy = 5;

/**
 * Runs a job in a process of its own. One that died, or found no room, gives its job back at once instead of leaving it to be
 * missed: nobody else holds this delivery.
 */
export async function runApart(
  apart: Apart,
  boss: PgBoss,
  job: Job<TaskJob>,
): Promise<'ended' | 'died' | 'busy'> {
  const end = await apart.run(job);
  if (end === 'ended') return end;
  await bossFail(
    boss,
    boss.getDb(),
    { queue: job.name, id: job.id, delivery: job.retryCount },
    {
      retries: job.retryCount + deliveriesLimit,
      delaySeconds: end === 'busy' ? secondsWhenBusy : 0,
    },
    { code: end === 'busy' ? 'try_again' : 'worker_vanished' },
  );
  return end;
}
