import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral } from '@devsphere/shared/db/doors.ts';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { returnJob } from '../runner/return-job.ts';

/** Long enough for somebody to mend what is wrong with us, such as a missing key; a secret that can't be opened stays. */
const longestWaitSeconds = 600;

/** Puts a job back that failed for a reason of our own, waiting longer each time: it costs its message no attempt. */
export async function giveBack(database: Database, job: TakenJob): Promise<void> {
  const delaySeconds = Math.min(longestWaitSeconds, 2 ** Math.min(job.retryCount, 20));
  await asSeveral(database, { type: 'queue' }, (tx) =>
    returnJob(tx, deliveryOf(job), delaySeconds, { outcome: 'given back' }),
  );
}
