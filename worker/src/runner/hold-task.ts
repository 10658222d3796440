import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import type { TaskFailure } from './outcome.ts';
import { returnJob } from './return-job.ts';
import { waitingFor } from './waiting-for.ts';

/**
 * Puts a job back because what it needs is not there: no attempt is opened or counted, and the task says why. It comes
 * back after the failure's own delay.
 */
export async function holdTask(
  database: Database,
  job: TakenJob<TaskJob>,
  failure: TaskFailure,
): Promise<void> {
  const away: TaskError = { class: 'retry', code: failure.code, message: failure.message };
  const { orgId, taskId } = job.data;
  await asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const { rows } = await tx.query(
      `with task as (
         update tasks set error = $4::jsonb, event_seq = event_seq + 1
         where org_id = $1 and id = $2 and job_id = $3 and state = 'queued' and error ->> 'code' is distinct from $5
         returning event_seq
       )
       insert into task_events (org_id, task_id, seq, type, data)
       select $1, $2, event_seq, 'task.queued', $6::jsonb from task returning seq`,
      [
        orgId,
        taskId,
        job.id,
        JSON.stringify(away),
        away.code,
        JSON.stringify({ reason: waitingFor(away) }),
      ],
    );
    // Behind the task, which whoever steers it locks first.
    const delaySeconds = Math.ceil(failure.retryAfterSeconds ?? 1);
    await returnJob(tx, deliveryOf(job), delaySeconds, { code: away.code });
    if (rows.length > 0) tx.announceAfterCommit('events', `${orgId}/${taskId}`);
    tx.announceAfterCommit('work', job.name);
  });
}
