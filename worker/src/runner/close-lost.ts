import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import { closeOpenCalls } from './close-open-calls.ts';

/**
 * From so many lost attempts on, a task runs in a process of its own. One may be an accident, and those that ran beside the
 * culprit come back together with it: after the second all of them are told apart.
 */
export const lossesInCompany = 2;

/** With the fourth, the second of a process that ran nothing else, it is the task's own doing. */
export const mostLosses = 4;

const workerVanished = JSON.stringify({
  class: 'retry',
  code: 'worker_vanished',
  message: 'The worker that ran this attempt was not heard from any more.',
} satisfies TaskError);

/** By itself, so that the next statement sees all that the earlier worker committed until it let go of the row. */
const lockTask = 'select from tasks where org_id = $1 and id = $2 for update';

const closeLostAttempt = `
  with lost as (
    update task_attempts a set state = 'lost', ended_at = now(), error = $5::jsonb from tasks t
    where t.org_id = $1 and t.id = $2 and t.job_id = $3 and t.state = 'running' and t.claimed_delivery < $4
      and a.org_id = t.org_id and a.task_id = t.id and a.attempt = t.attempt and a.state = 'running'
    returning a.attempt
  ), before as (
    select count(*)::int as losses from task_attempts
    where org_id = $1 and task_id = $2 and job_id = $3 and state = 'lost'
  ), counted as (
    update tasks set max_attempts = case when before.losses + 1 < $6 then max_attempts + 1 else lost.attempt end
    from lost, before where org_id = $1 and id = $2
  )
  select before.losses, (select count(*)::int from lost) as found from before`;

/**
 * Closes the attempt a vanished worker left open at an earlier delivery of this job, with its calls, and returns how many were lost
 * so far. A lost attempt is not counted among those the task may have, since it may only have run beside the one that
 * brought its worker down; the last one that is forgiven takes them all.
 */
export async function closeLost(database: Database, job: TakenJob<TaskJob>): Promise<number> {
  const { orgId, taskId } = job.data;
  return asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const [, { rows }] = await Promise.all([
      tx.query(lockTask, [orgId, taskId]),
      tx.query<{ losses: number; found: number }>(closeLostAttempt, [
        orgId,
        taskId,
        job.id,
        job.retryCount,
        workerVanished,
        mostLosses,
      ]),
    ]);
    const { losses = 0, found = 0 } = rows[0] ?? {};
    if (found > 0) await closeOpenCalls(tx, orgId, taskId);
    return losses + found;
  });
}
