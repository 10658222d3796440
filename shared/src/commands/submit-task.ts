import { notAdmitted } from '../budget/not-admitted.ts';
import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { taskSummaryColumns, toTaskSummary } from '../queries/task-rows.ts';
import { type Caller, type CommandContext, refusal, sqlState } from './command-context.ts';
import { prepareSubmission, type SubmitTask } from './prepare-submission.ts';
import { writeInLine } from './submission-line.ts';

/** `created` is false when the key had been used for the same submission before. */
export type SubmittedTask = { task: TaskSummary; created: boolean };

/**
 * Submits a task: its row, its job and its audit entry are born in one transaction.
 * Throws `unknown_kind`, `invalid_request`, `budget_exceeded`, `queue_full`, `idempotency_key_reused`, `forbidden`, or `not_found` for an
 * organisation the person does not belong to; then nothing was written.
 */
export async function submitTask(
  context: CommandContext<Caller>,
  command: SubmitTask,
): Promise<SubmittedTask> {
  const { orgId, idempotencyKey } = command;
  const submission = prepareSubmission(context, command, await context.database.now());
  const { requestHash } = submission;
  try {
    const submitting = { actor: context.actor, submission };
    const row = await writeInLine(context.database, context.boss, submitting);
    return { task: toTaskSummary(row), created: true };
  } catch (error) {
    const refused = notAdmitted(error);
    const repeated = sqlState(error) === '23505' || refused !== undefined;
    const first =
      repeated && idempotencyKey !== null
        ? await firstAnswer(context, orgId, idempotencyKey, requestHash)
        : undefined;
    if (first) return { task: first, created: false };
    throw refused ?? (await whyNotSubmitted(context, orgId, error));
  }
}

/** What the key was answered with before, a full budget or queue notwithstanding; undefined when it is new. */
async function firstAnswer(
  context: CommandContext<Caller>,
  orgId: string,
  idempotencyKey: string,
  requestHash: string,
): Promise<TaskSummary | undefined> {
  const row = await asActor(context.database, context.actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select([...taskSummaryColumns, 'request_hash'])
      .where('org_id', '=', orgId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst(),
  );
  if (row && row.request_hash !== requestHash) {
    throw new AppError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different submission. Use a new key.',
    );
  }
  return row && toTaskSummary(row);
}

async function whyNotSubmitted(
  context: CommandContext<Caller>,
  orgId: string,
  error: unknown,
): Promise<unknown> {
  switch (sqlState(error)) {
    // Row-level security: nothing may be inserted, or the task that has the key can't be seen.
    case '42501':
    case '23505':
      return refusal(context, orgId, 'tasks.submit', error);
    case '23503':
      return new AppError('invalid_request', 'sourceTaskId: there is no such task.', {
        cause: error,
        fields: [{ field: 'sourceTaskId', message: 'There is no such task' }],
      });
    default:
      return error;
  }
}
