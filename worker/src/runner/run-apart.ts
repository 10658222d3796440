import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { Apart } from '../apart/fork-apart.ts';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { returnJob } from './return-job.ts';

/** For one of the few processes to get free. */
const secondsWhenBusy = 5;

/**
 * Runs a job in a process of its own. One that died, or found no room, gives its job back at once instead of leaving it to be
 * missed: nobody else holds this delivery.
 */
export async function runApart(
  apart: Apart,
  database: Database,
  job: TakenJob<TaskJob>,
): Promise<'ended' | 'died' | 'busy'> {
  const { orgId, taskId } = job.data;
  const end = await apart.run(job);
  if (end === 'ended') return end;
  const [delaySeconds, code] =
    end === 'busy' ? [secondsWhenBusy, 'try_again'] : [0, 'worker_vanished'];
  await asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    await returnJob(tx, deliveryOf(job), delaySeconds, { code });
    tx.announceAfterCommit('work', job.name);
  });
  return end;
}
