import type { PgBoss } from 'pg-boss';
import type { TaskError } from '../contracts/events/task-event.ts';
import type { TaskExplanation } from '../contracts/http/explanation.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { bossInTransaction } from '../queue/boss-in-transaction.ts';
import { placesOf } from '../queue/queues.ts';
import { reasonOf } from '../tasks/explain-task.ts';
import type { TaskState } from '../tasks/states.ts';

/** Counting goes no further: nobody waits for the exact number. */
const mostAhead = 1_000;
const mostWorkers = 1_000;

type TaskRow = {
  state: TaskState;
  now: Date;
  attempt: number;
  max_attempts: number;
  error: TaskError | null;
  run_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  stopping: boolean;
  job_id: string;
  job_queue: string;
  cost_nano_usd: number;
  pause: { reason: string | null } | null;
  budget_spent: boolean;
  running: number;
  limit: number;
  unknown_calls: number;
  approval_title: string | null;
  approval_expires_at: Date | null;
};

const task = `
  select t.state, now() as now, t.attempt, t.max_attempts, t.error, t.run_at, t.started_at, t.ended_at,
         t.cancel_requested_at is not null as stopping, t.job_id, t.job_queue, t.cost_nano_usd,
         (select jsonb_build_object('reason', p.reason) from organization_pauses p where p.org_id = t.org_id) as pause,
         exists (select from budget_stops b where b.org_id = t.org_id) as budget_spent,
         (select count(*)::int from tasks r where r.org_id = t.org_id and r.state = 'running') as running,
         (select p.concurrent_tasks from organizations o join plans p on p.plan = o.plan
          where o.org_id = t.org_id) as limit,
         (select count(*)::int from llm_calls c
          where c.org_id = t.org_id and c.task_id = t.id and c.state = 'unknown') as unknown_calls,
         a.title as approval_title, a.expires_at as approval_expires_at
  from tasks t
  left join approvals a on a.org_id = t.org_id and a.task_id = t.id and a.state = 'open'
  where t.org_id = $1 and t.id = $2`;

/** In the order an organisation's jobs are taken: by priority, then by age. Others' do not go first: they take turns. */
const job = `
  with mine as (select priority, created_on, id, start_after, group_id from pgboss.job where name = any($3) and id = $2 and state < 'active')
  select mine.start_after, app.queue_paused($1) as paused,
         (select count(*)::int from (
            select from pgboss.job j
            where j.name = $1 and coalesce(j.group_id, '') = coalesce(mine.group_id, '') and j.state < 'active'
              and not j.blocked and j.start_after <= now()
              and (j.priority > mine.priority
                   or j.priority = mine.priority and (j.created_on, j.id) < (mine.created_on, mine.id))
            limit ${mostAhead}) as earlier) as ahead
  from mine`;

/**
 * Why a task does not run, why it failed, what it cost: from the task, its job and the workers at this moment. Throws
 * `not_found` when it does not exist or is somebody else's, alike.
 */
export async function explainTask(
  database: Database,
  boss: PgBoss,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<TaskExplanation> {
  const [{ row, waiting }, instances] = await Promise.all([
    asActor(database, actor, async (tx) => {
      const { rows } = await tx.query<TaskRow>(task, [orgId, taskId]);
      const [row] = rows;
      if (!row) throw new AppError('not_found', 'There is no such task, or you may not see it.');
      return { row, waiting: row.state === 'queued' ? await jobThatWaits(tx, row) : undefined };
    }),
    boss.getInstances({ limit: mostWorkers }),
  ]);
  const workers = instances.filter(({ live, stoppedOn }) => live && stoppedOn === null).length;
  const { reason, text, until } = reasonOf({
    state: row.state,
    now: row.now,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    error: row.error,
    stopping: row.stopping,
    pause: row.pause ?? undefined,
    queuePaused: waiting?.paused ?? false,
    budgetSpent: row.budget_spent,
    startAfter: waiting?.start_after ?? null,
    workers,
    running: row.running,
    limit: row.limit,
    ahead: waiting?.ahead ?? 0,
    approval:
      row.approval_title !== null && row.approval_expires_at
        ? { title: row.approval_title, expiresAt: row.approval_expires_at }
        : undefined,
  });
  const end = row.ended_at ?? row.now;
  const milliseconds = (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime());
  return {
    state: row.state,
    reason,
    text,
    until: until?.toISOString() ?? null,
    position: waiting?.ahead ?? null,
    concurrency: { running: row.running, limit: row.limit },
    attempts: { made: row.attempt, allowed: row.max_attempts },
    error: row.error,
    cost: { nanoUsd: row.cost_nano_usd, unknownCalls: row.unknown_calls },
    waitedMs: milliseconds(row.run_at, row.started_at ?? end),
    ranMs: row.started_at ? milliseconds(row.started_at, end) : null,
  };
}

type WaitingJob = { start_after: Date; paused: boolean; ahead: number };

async function jobThatWaits(tx: Tx, row: TaskRow): Promise<WaitingJob | undefined> {
  const { rows } = await bossInTransaction(tx).db.executeSql(job, [
    row.job_queue,
    row.job_id,
    placesOf(row.job_queue),
  ]);
  return rows[0] as WaitingJob | undefined;
}
