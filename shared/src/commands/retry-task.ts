import { sql } from 'kysely';
import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { taskSummaryColumns, toTaskSummary } from '../queries/task-rows.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { jobPayloadVersion, type TaskJob } from '../queue/queues.ts';
import { type TaskKindName, taskKinds } from '../tasks/catalogue.ts';
import { retryableStates } from '../tasks/states.ts';
import { appendCommandEvent } from './append-command-event.ts';
import { audit, type CommandContext, refusal } from './command-context.ts';

/**
 * Runs a task again that failed, expired or was cancelled. Finished steps are kept, so only what is missing is
 * paid for. Throws `not_found`, `forbidden`, or `not_retryable` for any other state.
 */
export async function retryTask(
  context: CommandContext,
  { orgId, taskId }: { orgId: string; taskId: string },
): Promise<TaskSummary> {
  const jobId = newId();
  const row = await asActor(context.database, context.actor, async (tx) => {
    const updated = await tx.db
      .updateTable('tasks')
      .set((eb) => ({
        state: 'queued',
        job_id: jobId,
        claimed_delivery: null,
        ended_at: null,
        error: null,
        progress: null,
        cancel_requested_at: null,
        run_at: sql<Date>`now()`,
        event_seq: eb('event_seq', '+', 1),
      }))
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .where('state', 'in', [...retryableStates])
      .returning([...taskSummaryColumns, 'job_queue'])
      .executeTakeFirst();
    if (!updated) return undefined;
    const job: TaskJob = { version: jobPayloadVersion, orgId, taskId };
    const maxAttempts = updated.attempt + taskKinds[updated.kind as TaskKindName].maxAttempts;
    await Promise.all([
      // A person's retry grants the kind's full number of attempts again.
      tx.db
        .updateTable('tasks')
        .set({ max_attempts: maxAttempts })
        .where('org_id', '=', orgId)
        .where('id', '=', taskId)
        .execute(),
      context.boss.send(updated.job_queue, job, {
        id: jobId,
        group: { id: orgId },
        ...bossInTransaction(tx),
      }),
      appendCommandEvent(tx, updated, 'task.queued', { reason: 'retried by a person' }),
      audit(tx, context, { orgId, action: 'task.retried', targetId: taskId }),
    ]);
    tx.announceAfterCommit('work', updated.job_queue);
    return { ...updated, max_attempts: maxAttempts };
  });
  if (!row) throw await whyNot(context, orgId, taskId);
  return toTaskSummary(row);
}

async function whyNot(context: CommandContext, orgId: string, taskId: string): Promise<AppError> {
  const task = await asActor(context.database, context.actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select('state')
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .executeTakeFirst(),
  );
  if (!task) return new AppError('not_found', 'There is no such task, or you may not see it.');
  if (!(retryableStates as readonly string[]).includes(task.state)) {
    return new AppError(
      'not_retryable',
      `A task that is ${task.state} can't be retried; only one that failed, expired or was cancelled.`,
    );
  }
  return refusal(context, orgId, undefined);
}
