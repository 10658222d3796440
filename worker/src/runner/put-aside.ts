import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { PgBoss } from 'pg-boss';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { returnJob } from './return-job.ts';

/** Resuming an organisation makes its jobs due at once; this is for what that missed. */
const pausedSeconds = 600;
/** One that could have been claimed a moment later: it was paused or expired when it was tried. */
const againSeconds = 1;

/**
 * Settles a job whose task could not be claimed. When the task still waits for this very job, because its organisation
 * is paused, the job is put aside, which costs no attempt; otherwise it has nothing to do.
 */
export async function putAside(
  database: Database,
  boss: PgBoss,
  job: TakenJob<TaskJob>,
): Promise<'put aside' | 'nothing to do'> {
  const { orgId, taskId } = job.data;
  const waits = await asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const { rows } = await tx.query<{ paused: boolean }>(
      `select exists (select from organization_pauses p where p.org_id = $1)
           or exists (select from budget_stops b where b.org_id = $1) as paused from tasks
       where org_id = $1 and id = $2 and job_id = $3 and state = 'queued' and coalesce(claimed_delivery, -1) < $4
       for no key update`,
      [orgId, taskId, job.id, job.retryCount],
    );
    const [task] = rows;
    if (!task) return false;
    const delaySeconds = task.paused ? pausedSeconds : againSeconds;
    await returnJob(tx, deliveryOf(job), delaySeconds, {
      code: task.paused ? 'organization_held' : 'try_again',
    });
    return true;
  });
  if (waits) return 'put aside';
  // Cancelled meanwhile, or another delivery has the task.
  await boss.complete(job.name, job, { outcome: 'nothing to do' });
  return 'nothing to do';
}
