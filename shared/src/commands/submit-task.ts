import { type SubmitTaskBody, submitTaskBody, type TaskSummary } from '../contracts/http/task.ts';
import type { Tx } from '../db/doors.ts';
import { asActor } from '../db/doors.ts';
import { digestJson } from '../digest.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { taskSummaryColumns, toTaskSummary } from '../queries/task-rows.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { jobPayloadVersion, queues, type TaskJob } from '../queue/queues.ts';
import { validate } from '../validate.ts';
import { checkIdempotencyKey, checkTaskInput } from './check-task-input.ts';
import { audit, type CommandContext, refusal, sqlState } from './command-context.ts';

const maximumDelayMilliseconds = 30 * 24 * 3_600_000;

export type SubmitTask = SubmitTaskBody & {
  orgId: string;
  /** The same key with the same body gets the first answer; null means every submission is new. */
  idempotencyKey: string | null;
};

/** `created` is false when the key had been used for the same submission before. */
export type SubmittedTask = { task: TaskSummary; created: boolean };

/**
 * Submits a task: its row, its job and its audit entry are born in one transaction.
 * Throws `unknown_kind`, `invalid_request`, `idempotency_key_reused`, `forbidden`, or `not_found` for an
 * organisation the person does not belong to; then nothing was written.
 */
export async function submitTask(
  context: CommandContext,
  command: SubmitTask,
): Promise<SubmittedTask> {
  const { orgId, idempotencyKey, ...body } = command;
  const {
    kind: requestedKind,
    input: rawInput,
    runAt,
    priority = 0,
    sourceTaskId,
  } = validate(submitTaskBody, body);
  const { kindName, kind, input } = checkTaskInput(requestedKind, rawInput);
  const startAfter = delayedStart(runAt);
  checkIdempotencyKey(idempotencyKey);
  const requestHash = digestJson({
    kindName,
    input,
    runAt: runAt ?? null,
    priority,
    sourceTaskId: sourceTaskId ?? null,
  });
  const taskId = newId();
  const jobId = newId();
  const queue = queues[kind.queue].name;

  const insertTask = (tx: Tx) =>
    tx.db
      .insertInto('tasks')
      .values({
        org_id: orgId,
        id: taskId,
        kind: kindName,
        title: kind.titleOf(input),
        state: 'queued',
        input: JSON.stringify(input),
        max_attempts: kind.maxAttempts,
        job_queue: queue,
        job_id: jobId,
        priority,
        idempotency_key: idempotencyKey,
        request_hash: requestHash,
        source_task_id: sourceTaskId ?? null,
        created_by: context.actor.userId,
        ...(startAfter ? { run_at: startAfter } : {}),
      })
      .returning([...taskSummaryColumns])
      .executeTakeFirstOrThrow();

  const job: TaskJob = { version: jobPayloadVersion, orgId, taskId };
  try {
    const row = await asActor(context.database, context.actor, async (tx) => {
      const [inserted, sent] = await Promise.all([
        insertTask(tx),
        context.boss.send(queue, job, {
          id: jobId,
          priority,
          group: { id: orgId },
          ...(startAfter ? { startAfter } : {}),
          ...bossInTransaction(tx),
        }),
        audit(tx, context, {
          orgId,
          action: 'task.submitted',
          targetId: taskId,
          detail: { kind: kindName },
        }),
      ]);
      if (sent !== jobId) throw new Error('the queue did not take the job');
      tx.announceAfterCommit('work', queue);
      tx.announceAfterCommit('events', `${orgId}/${taskId}`);
      return inserted;
    });
    return { task: toTaskSummary(row), created: true };
  } catch (error) {
    if (sqlState(error) === '23505' && idempotencyKey !== null) {
      return {
        task: await firstAnswer(context, orgId, idempotencyKey, requestHash),
        created: false,
      };
    }
    if (sqlState(error) === '42501') throw await refusal(context, orgId, error);
    if (sqlState(error) === '23503') {
      throw new AppError('invalid_request', 'sourceTaskId: there is no such task.', {
        cause: error,
        fields: [{ field: 'sourceTaskId', message: 'There is no such task' }],
      });
    }
    throw error;
  }
}

function delayedStart(runAt: string | undefined): Date | undefined {
  if (runAt === undefined) return undefined;
  const at = new Date(runAt);
  if (at.getTime() > Date.now() + maximumDelayMilliseconds) {
    throw new AppError('invalid_request', 'runAt: at most 30 days ahead.', {
      fields: [{ field: 'runAt', message: 'At most 30 days ahead' }],
    });
  }
  return at.getTime() > Date.now() ? at : undefined;
}

async function firstAnswer(
  context: CommandContext,
  orgId: string,
  idempotencyKey: string,
  requestHash: string,
): Promise<TaskSummary> {
  const row = await asActor(context.database, context.actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select([...taskSummaryColumns, 'request_hash'])
      .where('org_id', '=', orgId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst(),
  );
  if (!row) throw await refusal(context, orgId, undefined);
  if (row.request_hash !== requestHash) {
    throw new AppError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different submission. Use a new key.',
    );
  }
  return toTaskSummary(row);
}
