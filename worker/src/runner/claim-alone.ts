import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import type { Claim } from './claim.ts';
import { claimTasks } from './claim-tasks.ts';
import { closeOpenCalls } from './close-open-calls.ts';

/** Claims the task of one job that was taken before; undefined when it can't be claimed. */
export async function claimAlone(
  database: Database,
  job: TakenJob<TaskJob>,
  worker: string,
): Promise<Claim | undefined> {
  const { orgId, taskId } = job.data;
  return asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const claim = (await claimTasks(tx, orgId, [job], worker, { lost: true })).get(job);
    // A lost worker may have begun one after its attempt was closed.
    if (claim && job.retryCount > 0) await closeOpenCalls(tx, orgId, taskId);
    return claim;
  });
}
