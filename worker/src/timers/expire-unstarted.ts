import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import { cancelTaskJobs } from '@devsphere/shared/queue/cancel-task-jobs.ts';
import type { PgBoss } from 'pg-boss';
import { endUnclaimed, type UnclaimedTask } from '../runner/end-unclaimed.ts';

const neverStarted: TaskError = {
  class: 'expired',
  code: 'not_started_in_time',
  message: 'No worker could start the task within the time it was given.',
};

/** Ends a task that is still in its queue when its time to start is over; repeating it is harmless. */
export async function expireUnstarted(
  database: Database,
  boss: PgBoss,
  { orgId, taskId }: UnclaimedTask,
): Promise<'over' | 'too_soon' | 'expired'> {
  return asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const { rows } = await tx.query<{ early: boolean; job_queue: string; job_id: string }>(
      `select expires_at > now() as early, job_queue, job_id from tasks
       where org_id = $1 and id = $2 and state = 'queued' and started_at is null and expires_at is not null for update`,
      [orgId, taskId],
    );
    const [task] = rows;
    if (!task) return 'over';
    if (task.early) return 'too_soon';
    await cancelTaskJobs(tx, task.job_queue, [task.job_id]);
    await endUnclaimed(tx, boss, { orgId, taskId }, 'expired', neverStarted);
    return 'expired';
  });
}
