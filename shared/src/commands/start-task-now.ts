import { sql } from 'kysely';
import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { selectTaskSummary } from '../queries/task-rows.ts';
import { cancelTaskJobs } from '../queue/cancel-task-jobs.ts';
import { sendTaskJob } from '../queue/send-task-job.ts';
import { appendCommandEvent } from './append-command-event.ts';
import { audit, type Caller, type CommandContext, refusal } from './command-context.ts';
import type { TaskKey } from './stop-task.ts';

/**
 * Starts a task now that waits for its time: for the next attempt after a failure, or for the time it was submitted
 * for. Throws `not_found`, `forbidden`, or `conflict` for one that doesn't wait for a time.
 */
export async function startTaskNow(
  context: CommandContext<Caller>,
  key: TaskKey,
): Promise<TaskSummary> {
  const { database, actor, boss } = context;
  const { orgId, taskId } = key;
  const answer = await asActor(database, actor, async (tx) => {
    const before = await tx.db
      .selectFrom('tasks')
      .select(['state', 'job_id', sql<boolean>`state = 'queued' and run_at > now()`.as('waits')])
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .executeTakeFirst();
    if (!before?.waits) return { state: before?.state };
    const jobId = newId();
    const updated = await tx.db
      .updateTable('tasks')
      .set((eb) => ({
        job_id: jobId,
        claimed_delivery: null,
        run_at: sql<Date>`now()`,
        event_seq: eb('event_seq', '+', 1),
      }))
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .where('state', '=', 'queued')
      // The job that was seen: of two who start it at the same moment one does.
      .where('job_id', '=', before.job_id)
      .returning(['org_id', 'id', 'event_seq', 'job_queue', 'priority'])
      .executeTakeFirst();
    if (!updated) return { state: before.state };
    const { job_queue: queue, priority } = updated;
    await cancelTaskJobs(tx, queue, [before.job_id]);
    await sendTaskJob(tx, boss, { orgId, taskId, queue, jobId, priority });
    await appendCommandEvent(tx, updated, 'task.queued', {
      reason: actor.type === 'person' ? 'retried by a person' : 'retried by a program',
    });
    await audit(tx, context, { orgId, action: 'task.started_early', targetId: taskId });
    return { task: await selectTaskSummary(tx, key) };
  });
  if (answer.task) return answer.task;
  if (!answer.state)
    throw new AppError('not_found', 'There is no such task, or you may not see it.');
  // A role that may not steer sees the task, and its update changes nothing.
  const may = await mayStart(context, orgId);
  if (!may) throw await refusal(context, orgId, 'tasks.submit', undefined);
  throw new AppError(
    'conflict',
    'This task doesn’t wait for a time: there is nothing to bring forward.',
  );
}

async function mayStart({ database, actor }: CommandContext<Caller>, orgId: string) {
  const { rows } = await asActor(database, actor, (tx) =>
    tx.query(`select from app.permitted_org_ids('tasks.submit') as org_id where org_id = $1`, [
      orgId,
    ]),
  );
  return rows.length > 0;
}
