import { deliveriesLimit } from '@devsphere/shared/queue/queues.ts';
import type { Job, PgBoss } from 'pg-boss';
import { bossFail } from '../runner/boss-fail.ts';

/** Long enough for somebody to mend what is wrong with us, such as a missing key; a secret that can't be opened stays. */
const longestWaitSeconds = 600;

/** Puts a job back that failed for a reason of our own, waiting longer each time: it costs its message no attempt. */
export async function giveBack(boss: PgBoss, job: Job): Promise<void> {
  await bossFail(
    boss,
    boss.getDb(),
    { queue: job.name, id: job.id, delivery: job.retryCount },
    {
      retries: job.retryCount + deliveriesLimit,
      delaySeconds: Math.min(longestWaitSeconds, 2 ** Math.min(job.retryCount, 20)),
    },
    { outcome: 'given back' },
  );
}
