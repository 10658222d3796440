import { type SubmitTaskBody, submitTaskBody } from '../contracts/http/task.ts';
import type { Tx } from '../db/doors.ts';
import { digestJson } from '../digest.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { type TaskSummaryRow, taskSummaryColumns } from '../queries/task-rows.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { jobPayloadVersion, queues, type TaskJob } from '../queue/queues.ts';
import { validate } from '../validate.ts';
import { checkIdempotencyKey, checkTaskInput } from './check-task-input.ts';
import { audit, type CommandContext } from './command-context.ts';

const maximumDelayMilliseconds = 30 * 24 * 3_600_000;

export type SubmitTask = SubmitTaskBody & {
  orgId: string;
  /** The same key with the same body gets the first answer; null means every submission is new. */
  idempotencyKey: string | null;
};

/** A submission that is valid: what is left is to write it. */
export type PreparedSubmission = {
  requestHash: string;
  /** Writes the row, the job and the audit entry in the caller's transaction. */
  write: (tx: Tx) => Promise<TaskSummaryRow>;
};

/** Validates a submission without touching the database. Throws `unknown_kind` or `invalid_request`. */
export function prepareSubmission(
  context: CommandContext,
  command: SubmitTask,
): PreparedSubmission {
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
  const write = async (tx: Tx) => {
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
  };
  return { requestHash, write };
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
