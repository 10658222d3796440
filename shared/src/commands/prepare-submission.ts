import type { JobInsert } from 'pg-boss';
import { admitTask, type ExpectedTokens, expectedInputTokens } from '../budget/admit-task.ts';
import { type SubmitTaskBody, submitTaskBody } from '../contracts/http/task.ts';
import type { Tx } from '../db/doors.ts';
import { digestJson } from '../digest.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { type TaskSummaryRow, taskSummaryColumns } from '../queries/task-rows.ts';
import { asQueueOwner } from '../queue/boss-in-transaction.ts';
import { jobPayloadVersion, queues, type TaskJob } from '../queue/queues.ts';
import { validate } from '../validate.ts';
import { checkIdempotencyKey, checkTaskInput } from './check-task-input.ts';
import type { Caller, CommandContext } from './command-context.ts';

const maximumDelayMilliseconds = 30 * 24 * 3_600_000;

export type SubmitTask = SubmitTaskBody & {
  orgId: string;
  /** The same key with the same body gets the first answer; null means every submission is new. */
  idempotencyKey: string | null;
};

/** A submission that is valid: what is left is to write it. */
export type PreparedSubmission = {
  requestHash: string;
  orgId: string;
  taskId: string;
  queue: string;
  job: JobInsert<TaskJob> & { id: string; startAfter?: Date };
  /** What its reservation is made of. */
  expected: ExpectedTokens;
  /** When it ends unless somebody has started it; null for never. */
  expiresAt: Date | null;
  /**
   * Writes the row and the audit entry, giving all its statements before it first waits. With `thenQueueOwner` the
   * transaction is the queue's owner afterwards, ready for `sendTaskJobs`.
   */
  writeRow: (tx: Pick<Tx, 'query'>, thenQueueOwner?: boolean) => Promise<TaskSummaryRow>;
};

/** Row and audit entry in one statement: planning, checking and answering once is a fifth of a submission's cost. */
const insertTaskAndAudit = `
  with task as (
    insert into tasks (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, priority, idempotency_key,
                       request_hash, source_task_id, created_by, run_at, created_by_key, reserved_nano_usd,
                       expires_at, deadline_seconds, tags, metadata)
    values ($1, $2, $3, $4, 'queued', $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce($14, now()), $20,
            app.estimated_cost($22, $23, $24), $25, $26, $27, $28)
    returning ${taskSummaryColumns.join(', ')}
  ), entry as (
    insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id, request_id, detail,
                               address, user_agent)
    values ($1, $15, $21, coalesce($13, $20), 'task.submitted', 'task', $2, $16, $17, $18, $19)
    returning true
  )
  select task.*`;
const remainTenant = `${insertTaskAndAudit} from task`;
const becomeQueueOwner = `${insertTaskAndAudit}, ${asQueueOwner} from task, entry`;

/** Validates a submission without touching the database. Throws `unknown_kind` or `invalid_request`. */
export function prepareSubmission(
  context: CommandContext<Caller>,
  command: SubmitTask,
): PreparedSubmission {
  const { orgId, idempotencyKey, ...body } = command;
  const {
    kind: requestedKind,
    input: rawInput,
    runAt,
    priority = 0,
    sourceTaskId,
    expiresInSeconds,
    deadlineSeconds,
    tags,
    metadata,
  } = validate(submitTaskBody, body);
  const { kindName, kind, input } = checkTaskInput(requestedKind, rawInput);
  const startAfter = delayedStart(runAt);
  const expiresAt = expiry(expiresInSeconds, startAfter);
  checkIdempotencyKey(idempotencyKey);
  const requestHash = digestJson({
    kindName,
    input,
    runAt: runAt ?? null,
    priority,
    sourceTaskId: sourceTaskId ?? null,
    ...optional({ expiresInSeconds, deadlineSeconds, tags, metadata }),
  });
  const taskId = newId();
  const jobId = newId();
  const queue = queues[kind.queue].name;

  const rawTask = JSON.stringify(input);
  const expected = {
    model: kind.model,
    input: expectedInputTokens(rawTask),
    output: kind.typicalOutputTokens,
  };
  const values = [
    orgId,
    taskId,
    kindName,
    kind.titleOf(input),
    rawTask,
    kind.maxAttempts,
    queue,
    jobId,
    priority,
    idempotencyKey,
    requestHash,
    sourceTaskId ?? null,
    context.actor.type === 'person' ? context.actor.userId : null,
    startAfter ?? null,
    newId(),
    context.requestId,
    JSON.stringify({ kind: kindName }),
    context.origin?.address ?? null,
    context.origin?.userAgent ?? null,
    context.actor.type === 'api_key' ? context.actor.keyId : null,
    context.actor.type,
    expected.model,
    expected.input,
    expected.output,
    expiresAt,
    deadlineSeconds ?? null,
    tags ?? [],
    JSON.stringify(metadata ?? {}),
  ];
  const data: TaskJob = { version: jobPayloadVersion, orgId, taskId };
  return {
    requestHash,
    orgId,
    taskId,
    queue,
    expected,
    job: { id: jobId, data, priority, ...(startAfter ? { startAfter } : {}) },
    expiresAt,
    writeRow: async (tx, thenQueueOwner = false) => {
      const [, inserted] = await Promise.all([
        admitTask(tx, orgId, kindName, expected),
        tx.query<TaskSummaryRow>(thenQueueOwner ? becomeQueueOwner : remainTenant, values),
      ]);
      const [row] = inserted.rows;
      if (!row) throw new Error('the insert returned no row');
      return row;
    },
  };
}

/** When a task that nobody started expires; null for never. */
function expiry(expiresInSeconds: number | undefined, startAfter: Date | undefined): Date | null {
  if (expiresInSeconds === undefined) return null;
  const at = new Date(Date.now() + expiresInSeconds * 1000);
  if (!startAfter || at > startAfter) return at;
  const message = 'It would expire before it may start';
  throw new AppError('invalid_request', `expiresInSeconds: ${message}.`, {
    fields: [{ field: 'expiresInSeconds', message }],
  });
}

/** Only what was given: what is new in a submission changes no digest of those without it. */
function optional(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
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
