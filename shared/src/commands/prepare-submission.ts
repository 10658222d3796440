import type { JobInsert } from 'pg-boss';
import { type ExpectedTokens, expectedInputTokens } from '../budget/admit-task.ts';
import { type SubmitTaskBody, submitTaskBody } from '../contracts/http/task.ts';
import { digestJson } from '../digest.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
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
  kind: string;
  queue: string;
  job: JobInsert<TaskJob> & { id: string; startAfter?: Date };
  /** What its reservation is made of. */
  expected: ExpectedTokens;
  /** When it ends unless somebody has started it; null for never. */
  expiresAt: Date | null;
  /** What `writeTaskRows` stores: the task's columns, what its reservation is made of, and its audit entry's. */
  row: Record<string, unknown>;
};

/**
 * Validates a submission without touching the database; `now` is its time (`Database.now`), by which delays and ends
 * are counted. Throws `unknown_kind` or `invalid_request`.
 */
export function prepareSubmission(
  context: CommandContext<Caller>,
  command: SubmitTask,
  now: Date,
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
  const startAfter = delayedStart(runAt, now);
  const expiresAt = expiry(expiresInSeconds, startAfter, now);
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

  const expected = {
    model: kind.model,
    input: expectedInputTokens(JSON.stringify(input)),
    output: kind.typicalOutputTokens,
  };
  const row = {
    org_id: orgId,
    id: taskId,
    kind: kindName,
    title: kind.titleOf(input),
    input,
    max_attempts: kind.maxAttempts,
    job_queue: queue,
    job_id: jobId,
    priority,
    idempotency_key: idempotencyKey,
    request_hash: requestHash,
    source_task_id: sourceTaskId ?? null,
    created_by: context.actor.type === 'person' ? context.actor.userId : null,
    created_by_key: context.actor.type === 'api_key' ? context.actor.keyId : null,
    run_at: startAfter ?? null,
    expires_at: expiresAt,
    deadline_seconds: deadlineSeconds ?? null,
    tags: tags ?? [],
    metadata: metadata ?? {},
    model: expected.model,
    input_tokens: expected.input,
    output_tokens: expected.output,
    entry_id: newId(),
    actor_type: context.actor.type,
    request_id: context.requestId,
    address: context.origin?.address ?? null,
    user_agent: context.origin?.userAgent ?? null,
  };
  const data: TaskJob = { version: jobPayloadVersion, orgId, taskId };
  return {
    requestHash,
    orgId,
    taskId,
    kind: kindName,
    queue,
    expected,
    job: { id: jobId, data, priority, ...(startAfter ? { startAfter } : {}) },
    expiresAt,
    row,
  };
}

/** When a task that nobody started expires; null for never. */
function expiry(
  expiresInSeconds: number | undefined,
  startAfter: Date | undefined,
  now: Date,
): Date | null {
  if (expiresInSeconds === undefined) return null;
  const at = new Date(now.getTime() + expiresInSeconds * 1000);
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

function delayedStart(runAt: string | undefined, now: Date): Date | undefined {
  if (runAt === undefined) return undefined;
  const at = new Date(runAt);
  if (at.getTime() > now.getTime() + maximumDelayMilliseconds) {
    throw new AppError('invalid_request', 'runAt: at most 30 days ahead.', {
      fields: [{ field: 'runAt', message: 'At most 30 days ahead' }],
    });
  }
  return at > now ? at : undefined;
}
