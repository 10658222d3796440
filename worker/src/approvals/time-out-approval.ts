import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor, type Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { tell } from '@devsphere/shared/outgoing/tell.ts';
import type { ApprovalJob } from '@devsphere/shared/queue/approval-queue.ts';
import { sendTaskJob } from '@devsphere/shared/queue/send-task-job.ts';
import type { PgBoss } from 'pg-boss';

type Ids = Omit<ApprovalJob, 'version'>;
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
  { orgId, taskId, approvalId }: Ids,
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
    if (answer?.outcome === 'expired') {
      await expireTask(tx, orgId, taskId);
      await tell(tx, boss, { orgId, event: 'task.expired', subject: 'task', id: taskId });
    }
    return answer?.outcome ?? 'over';
  });
}

async function expireTask(tx: Tx, orgId: string, taskId: string): Promise<void> {
  await tx.query(
    `with task as (
       update tasks set state = 'expired', error = $3::jsonb, ended_at = now(), event_seq = event_seq + 1
       where org_id = $1 and id = $2 and state = 'waiting' returning event_seq
     ), told as (
       insert into task_events (org_id, task_id, seq, type, data)
       select $1, $2, event_seq, 'task.ended', jsonb_build_object('state', 'expired', 'error', $3::jsonb) from task
     )
     insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id)
     select $1, $4, 'task', $2, 'task.expired', 'task', $2 from task`,
    [orgId, taskId, JSON.stringify(unanswered), newId()],
  );
  tx.announceAfterCommit('events', `${orgId}/${taskId}`);
}
