import type { Database } from '@devsphere/shared/db/database.ts';
import { type Actor, asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TaskKindName } from '@devsphere/shared/tasks/catalogue.ts';
import type { Job } from 'pg-boss';
import type { Claim } from './claim.ts';

type ClaimedRow = {
  kind: string;
  input: unknown;
  attempt: number;
  max_attempts: number;
  created_by: string | null;
  cancel_requested_at: Date | null;
  input_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  output_tokens: number;
  cost_nano_usd: number;
};

/**
 * Claims a task for a delivery of its job: raises the attempt, closes what an earlier, vanished worker left open, and
 * reads the finished steps. Returns undefined when the task has ended, waits for another job, or a later delivery
 * has it: then the job has nothing to do.
 */
export async function openAttempt(
  database: Database,
  job: Job<TaskJob>,
  worker: string,
): Promise<Claim | undefined> {
  const { orgId, taskId } = job.data;
  const actor: Actor & { type: 'task' } = { type: 'task', orgId, taskId };
  return asActor(database, actor, async (tx) => {
    const claimed = await tx.query<ClaimedRow>(
      `update tasks set state = 'running', attempt = attempt + 1, claimed_delivery = $4, event_seq = event_seq + 1,
              started_at = coalesce(started_at, now()), progress = null, error = null
       where org_id = $1 and id = $2 and job_id = $3 and state in ('queued', 'running')
         and coalesce(claimed_delivery, -1) < $4
       returning kind, input, attempt, max_attempts, created_by, cancel_requested_at,
                 input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd`,
      [orgId, taskId, job.id, job.retryCount],
    );
    const [row] = claimed.rows;
    if (!row) return undefined;
    const [, , , , steps] = await Promise.all([
      tx.query(
        `update task_attempts set state = 'lost', ended_at = now() where org_id = $1 and task_id = $2 and state = 'running'`,
        [orgId, taskId],
      ),
      // A call nobody closed may have been billed: it is recorded as unknown, never as free.
      tx.query(
        `update llm_calls set state = 'unknown', ended_at = now() where org_id = $1 and task_id = $2 and state = 'started'`,
        [orgId, taskId],
      ),
      tx.query(
        `insert into task_attempts (org_id, task_id, attempt, worker, job_id, delivery) values ($1, $2, $3, $4, $5, $6)`,
        [orgId, taskId, row.attempt, worker, job.id, job.retryCount],
      ),
      tx.query(
        `insert into task_events (org_id, task_id, seq, type, data)
         select org_id, id, event_seq, 'attempt.started', jsonb_build_object('attempt', attempt, 'worker', $3::text)
         from tasks where org_id = $1 and id = $2`,
        [orgId, taskId, worker],
      ),
      tx.query<{ key: string; output: unknown }>(
        `select key, output from task_steps where org_id = $1 and task_id = $2`,
        [orgId, taskId],
      ),
    ]);
    tx.announceAfterCommit('events', `${orgId}/${taskId}`);
    return {
      actor,
      orgId,
      taskId,
      kind: row.kind as TaskKindName,
      input: row.input,
      attempt: row.attempt,
      maxAttempts: row.max_attempts,
      createdBy: row.created_by,
      cancelRequested: row.cancel_requested_at !== null,
      queue: job.name,
      jobId: job.id,
      delivery: job.retryCount,
      usage: {
        inputTokens: row.input_tokens,
        cacheReadTokens: row.cache_read_tokens,
        cacheWriteTokens: row.cache_write_tokens,
        outputTokens: row.output_tokens,
        costNanoUsd: row.cost_nano_usd,
      },
      steps: new Map(steps.rows.map((step) => [step.key, step.output])),
    };
  });
}
