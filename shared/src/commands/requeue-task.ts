import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { TaskEventData } from '../contracts/events/task-event.ts';
import type { Tx } from '../db/doors.ts';
import { newId } from '../ids.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { clearDeadLetter } from '../queue/clear-dead-letter.ts';
import { sendTaskJob } from '../queue/send-task-job.ts';
import { type TaskKindName, taskKinds } from '../tasks/catalogue.ts';
import { retryableStates } from '../tasks/states.ts';
import { appendCommandEvent } from './append-command-event.ts';
import type { TaskKey } from './stop-task.ts';

/**
 * Puts a task that failed, expired or was cancelled back into its queue for whoever commands. It gets the kind's full
 * number of attempts again and keeps its finished steps. False, having changed nothing, for any other task.
 */
export async function requeueTask(
  tx: Tx,
  boss: PgBoss,
  { orgId, taskId }: TaskKey,
  reason: TaskEventData<'task.queued'>['reason'],
): Promise<boolean> {
  const jobId = newId();
  const before = await tx.db
    .selectFrom('tasks')
    .select('job_id')
    .where('org_id', '=', orgId)
    .where('id', '=', taskId)
    .executeTakeFirst();
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
      expires_at: null,
      run_at: sql<Date>`now()`,
      event_seq: eb('event_seq', '+', 1),
    }))
    .where('org_id', '=', orgId)
    .where('id', '=', taskId)
    .where('state', 'in', [...retryableStates])
    .returning(['org_id', 'id', 'kind', 'attempt', 'event_seq', 'job_queue', 'priority'])
    .executeTakeFirst();
  if (!before || !updated) return false;
  await Promise.all([
    tx.db
      .updateTable('tasks')
      .set({ max_attempts: updated.attempt + taskKinds[updated.kind as TaskKindName].maxAttempts })
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .execute(),
    sendTaskJob(tx, boss, {
      orgId,
      taskId,
      queue: updated.job_queue,
      jobId,
      priority: updated.priority,
    }),
    clearDeadLetter(bossInTransaction(tx).db, updated.job_queue, before.job_id),
    appendCommandEvent(tx, updated, 'task.queued', { reason }),
  ]);
  return true;
}
