import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Actor } from '@devsphere/shared/db/actor.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TaskKindName } from '@devsphere/shared/tasks/catalogue.ts';
import type { Job } from 'pg-boss';
import type { Claim } from './claim.ts';

type ClaimedRow = {
  kind: string;
  input: unknown;
  attempt: number;
  max_attempts: number;
  deadline_seconds: number | null;
  created_by: string | null;
  cancel_requested_at: Date | null;
  input_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  output_tokens: number;
  cost_nano_usd: number;
  steps: Record<string, unknown> | null;
};

const workerVanished = JSON.stringify({
  class: 'retry',
  code: 'worker_vanished',
  message: 'The worker that ran this attempt was not heard from any more.',
} satisfies TaskError);

/**
 * Before the claim, so that the claim sees all that an earlier worker committed until it let go of the row. A job's first
 * delivery has no earlier worker: the job was born when the task had let go of any before.
 */
const lockTask = 'select from tasks where org_id = $1 and id = $2 for update';

/**
 * One statement, so that it leaves with the transaction's beginning and its commit: nothing of it happens unless the
 * task could be claimed. It waits for no disk: what the attempt does later waits for its own commit, which carries
 * this one along; lost with the machine before that, the job is simply delivered again.
 */
const claimTask = `
  with claimed as (
    update tasks set state = 'running', attempt = attempt + 1, claimed_delivery = $4, event_seq = event_seq + 1,
           started_at = coalesce(started_at, now()), progress = null, error = null
    where org_id = $1 and id = $2 and job_id = $3 and state in ('queued', 'running')
      and coalesce(claimed_delivery, -1) < $4
      -- One that expired before it could start is ended by its timer.
      and (expires_at is null or started_at is not null or expires_at > now())
      -- What ran when its organisation was paused goes on, by another worker where need be.
      and (state = 'running' or not exists (select from organization_pauses p where p.org_id = $1))
    returning org_id, id, kind, input, attempt, max_attempts, deadline_seconds, created_by, cancel_requested_at, event_seq,
              input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd
  ), lost as (
    update task_attempts a set state = 'lost', ended_at = now(), error = $6::jsonb from claimed
    where a.org_id = $1 and a.task_id = $2 and a.state = 'running'
  ), unknown as (
    -- A call nobody closed may have been billed: it is recorded as unknown, never as free.
    update llm_calls c set state = 'unknown', ended_at = now() from claimed
    where c.org_id = $1 and c.task_id = $2 and c.state = 'started'
  ), opened as (
    insert into task_attempts (org_id, task_id, attempt, worker, job_id, delivery)
    select org_id, id, attempt, $5, $3, $4 from claimed
  ), told as (
    insert into task_events (org_id, task_id, seq, type, data)
    select org_id, id, event_seq, 'attempt.started', jsonb_build_object('attempt', attempt, 'worker', $5::text) from claimed
  )
  select claimed.*, set_config('synchronous_commit', 'off', true),
         (select jsonb_object_agg(s.key, s.output) from task_steps s where s.org_id = $1 and s.task_id = $2) as steps
  from claimed`;

/**
 * Claims a task for a delivery of its job: raises the attempt, closes what an earlier, vanished worker left open, and
 * reads the finished steps. Returns undefined when the task has ended, waits for another job, a later delivery has
 * it, or its organisation is paused: `putAside` settles the job then.
 */
export async function openAttempt(
  database: Database,
  job: Job<TaskJob>,
  worker: string,
): Promise<Claim | undefined> {
  const { orgId, taskId } = job.data;
  const actor: Actor & { type: 'task' } = { type: 'task', orgId, taskId };
  return asActor(database, actor, async (tx) => {
    const locked = job.retryCount > 0 && tx.query(lockTask, [orgId, taskId]);
    const claimed = tx.query<ClaimedRow>(claimTask, [
      orgId,
      taskId,
      job.id,
      job.retryCount,
      worker,
      workerVanished,
    ]);
    tx.commitAlong();
    const [, { rows }] = await Promise.all([locked, claimed]);
    const [row] = rows;
    if (!row) return undefined;
    tx.announceAfterCommit('events', `${orgId}/${taskId}`);
    return {
      actor,
      orgId,
      taskId,
      kind: row.kind as TaskKindName,
      input: row.input,
      attempt: row.attempt,
      maxAttempts: row.max_attempts,
      deadlineSeconds: row.deadline_seconds,
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
      steps: new Map(Object.entries(row.steps ?? {})),
    };
  });
}
