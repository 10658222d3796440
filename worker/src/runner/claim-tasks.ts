import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { TaskKindName } from '@devsphere/shared/tasks/catalogue.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import type { Claim } from './claim.ts';
import { lossesInCompany } from './close-lost.ts';

type ClaimedRow = {
  id: string;
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

/** Before the claim, so that the claim sees all that a lost worker committed until it let go of the rows. */
const lockTasks = 'select from tasks where org_id = $1 and id = any($2::uuid[]) for update';

const claim = `
  with delivered as (
    select * from unnest($2::uuid[], $3::uuid[], $4::int[]) as d (task_id, job_id, delivery)
  ), free as (
    select t.id, d.job_id, d.delivery from delivered d join tasks t on t.id = d.task_id
    where t.org_id = $1 and t.job_id = d.job_id
      and (t.state = 'queued' or t.state = 'running' and $7)
      and ($6::text is null or d.job_id = any (current_setting($6)::uuid[]))
      and coalesce(t.claimed_delivery, -1) < d.delivery
      -- One that expired before it could start is ended by its timer.
      and (t.expires_at is null or t.started_at is not null or t.expires_at > now())
      -- What ran when its organisation was paused goes on, by another worker where need be.
      and (t.state = 'running' or not exists (select from organization_pauses p where p.org_id = $1)
                              and not exists (select from budget_stops b where b.org_id = $1))
      -- One that brought workers down again and again runs by itself.
      and ($7 or d.delivery < ${lossesInCompany} or ${lossesInCompany} > (
        select count(*) from task_attempts a
        where a.org_id = $1 and a.task_id = t.id and a.job_id = t.job_id and a.state = 'lost'))
    -- Whoever steers it locks the task before its job: not to be waited for by who has the job.
    for no key update of t skip locked
  ), claimed as (
    update tasks t set state = 'running', attempt = t.attempt + 1, claimed_delivery = d.delivery,
           started_at = coalesce(t.started_at, now()), progress = null, error = null
    from free d where t.org_id = $1 and t.id = d.id
    returning t.id, t.kind, t.input, t.attempt, t.max_attempts, t.deadline_seconds, t.created_by, t.cancel_requested_at,
              t.input_tokens, t.cache_read_tokens, t.cache_write_tokens, t.output_tokens, t.cost_nano_usd, d.job_id, d.delivery
  ), opened as (
    insert into task_attempts (org_id, task_id, attempt, worker, job_id, delivery)
    select $1, id, attempt, $5, job_id, delivery from claimed
  )
  select c.*, case when c.attempt > 1 then
           (select jsonb_object_agg(s.key, s.output) from task_steps s where s.org_id = $1 and s.task_id = c.id) end as steps
  from claimed c`;

/**
 * Gives the statements that claim tasks of one organisation for deliveries of their jobs, in a transaction of these tasks:
 * they raise the attempt and read the finished steps. Without a claim comes back a task that has ended, waits for another job,
 * that a later delivery has, or whose organisation is paused: `putAside` settles its job then. With `takenIn` only jobs are
 * meant whose ids stand in that setting. With `lost` also tasks are claimed whose vanished worker `closeLost` has closed.
 */
export async function claimTasks(
  tx: Pick<Tx, 'query'>,
  orgId: string,
  jobs: readonly TakenJob<TaskJob>[],
  worker: string,
  { takenIn = null, lost }: { takenIn?: string | null; lost: boolean },
): Promise<Map<TakenJob<TaskJob>, Claim>> {
  const taskIds = jobs.map(({ data }) => data.taskId);
  const [, { rows }] = await Promise.all([
    lost && tx.query(lockTasks, [orgId, taskIds]),
    tx.query<ClaimedRow>(claim, [
      orgId,
      taskIds,
      jobs.map(({ id }) => id),
      jobs.map(({ retryCount }) => retryCount),
      worker,
      takenIn,
      lost,
    ]),
  ]);
  const byTask = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    jobs.flatMap((job) => {
      const row = byTask.get(job.data.taskId);
      return row ? [[job, claimOf(orgId, job, row)] as const] : [];
    }),
  );
}

function claimOf(orgId: string, job: TakenJob<TaskJob>, row: ClaimedRow): Claim {
  return {
    actor: { type: 'task', orgId, taskId: row.id },
    orgId,
    taskId: row.id,
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
}
