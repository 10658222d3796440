import type { Selectable } from 'kysely';
import type { TaskError } from '../contracts/events/task-event.ts';
import type { TaskDetail, TaskSummary } from '../contracts/http/task.ts';
import type { Tx } from '../db/doors.ts';
import type { Tasks } from '../db/schema.generated.ts';
import type { TaskKindName } from '../tasks/catalogue.ts';
import type { TaskState } from '../tasks/states.ts';

/** Columns of a task without its content, which may be large. */
export const taskSummaryColumns = [
  'id',
  'org_id',
  'kind',
  'title',
  'state',
  'attempt',
  'max_attempts',
  'progress',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'output_tokens',
  'cost_nano_usd',
  'simulated',
  'error',
  'created_by',
  'created_by_key',
  'source_task_id',
  'created_at',
  'run_at',
  'started_at',
  'ended_at',
  'cancel_requested_at',
  'event_seq',
  'priority',
  'expires_at',
  'deadline_seconds',
  'tags',
  'metadata',
] as const satisfies Array<keyof Tasks>;

type TaskRow = Selectable<Tasks>;
export type TaskSummaryRow = Pick<TaskRow, (typeof taskSummaryColumns)[number]>;

/** A task that a command of this transaction has just changed. */
export async function selectTaskSummary(
  tx: Tx,
  { orgId, taskId }: { orgId: string; taskId: string },
): Promise<TaskSummary> {
  const row = await tx.db
    .selectFrom('tasks')
    .select([...taskSummaryColumns])
    .where('org_id', '=', orgId)
    .where('id', '=', taskId)
    .executeTakeFirstOrThrow();
  return toTaskSummary(row);
}

export function toTaskSummary(row: TaskSummaryRow): TaskSummary {
  return {
    id: row.id,
    orgId: row.org_id,
    kind: row.kind as TaskKindName,
    title: row.title,
    state: row.state as TaskState,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    progress: row.progress as TaskSummary['progress'],
    usage: {
      inputTokens: row.input_tokens,
      cacheReadTokens: row.cache_read_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      outputTokens: row.output_tokens,
      costNanoUsd: row.cost_nano_usd,
    },
    simulated: row.simulated,
    error: row.error as TaskError | null,
    createdBy: row.created_by,
    createdByKey: row.created_by_key,
    sourceTaskId: row.source_task_id,
    createdAt: row.created_at.toISOString(),
    runAt: row.run_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    cancelRequestedAt: row.cancel_requested_at?.toISOString() ?? null,
    lastEventSeq: row.event_seq,
    priority: row.priority,
    expiresAt: row.expires_at?.toISOString() ?? null,
    deadlineSeconds: row.deadline_seconds,
    tags: row.tags,
    metadata: row.metadata as TaskSummary['metadata'],
  };
}

export function toTaskDetail(row: TaskSummaryRow & Pick<TaskRow, 'input' | 'output'>): TaskDetail {
  return {
    ...toTaskSummary(row),
    input: row.input as Record<string, unknown>,
    output: row.output as Record<string, unknown> | null,
  };
}
