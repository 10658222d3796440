import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { sendTaskJob } from '@devsphere/shared/queue/send-task-job.ts';
import type { PgBoss } from 'pg-boss';
import { endUnclaimed, type UnclaimedTask } from '../runner/end-unclaimed.ts';

type Outcome = 'over' | 'too_soon' | 'continued' | 'expired';

const unanswered: TaskError = {
  class: 'expired',
  code: 'approval_timed_out',
  message: 'Nobody answered in time what this task asked.',
};

/** Lets a task whose question nobody answered go on by itself or expire, as it was asked for; repeating it is harmless. */
export async function timeOutApproval(
  database: Database,
  boss: PgBoss,
  { orgId, taskId, approvalId }: UnclaimedTask & { approvalId: string },
): Promise<Outcome> {
  return asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const jobId = newId();
    const { rows } = await tx.query<{ outcome: Outcome; job_queue: string; priority: number }>(
      'select outcome, job_queue, priority from app.time_out_approval($1, $2)',
      [approvalId, jobId],
    );
    const [answer] = rows;
    if (answer?.outcome === 'continued') {
      const { job_queue: queue, priority } = answer;
      await sendTaskJob(tx, boss, { orgId, taskId, queue, jobId, priority });
      tx.announceAfterCommit('events', `${orgId}/${taskId}`);
    }
    if (answer?.outcome === 'expired')
      await endUnclaimed(tx, boss, { orgId, taskId }, 'expired', unanswered);
    return answer?.outcome ?? 'over';
  });
}
