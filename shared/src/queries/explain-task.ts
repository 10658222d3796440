import type { PgBoss } from 'pg-boss';
import type { TaskError } from '../contracts/events/task-event.ts';
import {
  type ExplainedAttempt,
  mostAttemptsExplained,
  type TaskExplanation,
} from '../contracts/http/explanation.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { reasonOf } from '../tasks/explain-task.ts';
import type { TaskState } from '../tasks/states.ts';
import { countLiveWorkers } from './count-live-workers.ts';
import { type Delivery, findDelivery, findWaitingJob, type WaitingJob } from './waiting-job.ts';

type TaskRow = {
  state: TaskState;
  now: Date;
  attempt: number;
  max_attempts: number;
  error: TaskError | null;
  created_at: Date;
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
  overridden_at: Date | null;
  unknown_calls: number;
  reconciled_calls: number;
  approval_title: string | null;
  approval_expires_at: Date | null;
  history: Array<
    Pick<ExplainedAttempt, 'number' | 'state' | 'worker' | 'error'> & {
      started_at: string;
      ended_at: string | null;
    }
  >;
};

const task = `
  select t.state, now() as now, t.attempt, t.max_attempts, t.error, t.created_at, t.run_at, t.started_at, t.ended_at,
         t.cancel_requested_at is not null as stopping, t.job_id, t.job_queue, t.cost_nano_usd,
         (select jsonb_build_object('reason', p.reason) from organization_pauses p where p.org_id = t.org_id) as pause,
         exists (select from budget_stops b where b.org_id = t.org_id) as budget_spent,
         (select count(*)::int from tasks r where r.org_id = t.org_id and r.state = 'running') as running,
         coalesce(c.concurrent_tasks, (select p.concurrent_tasks from organizations o join plans p on p.plan = o.plan
          where o.org_id = t.org_id)) as limit,
         c.set_at as overridden_at,
         calls.unknown_calls, calls.reconciled_calls,
         a.title as approval_title, a.expires_at as approval_expires_at,
         (select coalesce(jsonb_agg(to_jsonb(h) order by h.number), '[]')
          from (select n.attempt as number, n.state, n.worker, n.error, n.started_at, n.ended_at
                from task_attempts n where n.org_id = t.org_id and n.task_id = t.id
                order by n.attempt desc limit ${mostAttemptsExplained}) as h) as history
  from tasks t
  left join concurrency_overrides c on c.org_id = t.org_id
  cross join lateral (
    select count(*) filter (where l.state = 'unknown')::int as unknown_calls,
           count(*) filter (where l.state = 'reconciled')::int as reconciled_calls
    from llm_calls l where l.org_id = t.org_id and l.task_id = t.id
  ) as calls
  left join approvals a on a.org_id = t.org_id and a.task_id = t.id and a.state = 'open'
  where t.org_id = $1 and t.id = $2`;

type Found = {
  row: TaskRow;
  waiting?: WaitingJob | undefined;
  delivery?: Delivery | undefined;
  isStuck?: boolean;
};

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
  const [{ row, waiting, delivery, isStuck = false }, workers] = await Promise.all([
    asActor(database, actor, async (tx): Promise<Found> => {
      const row = await readTask(tx, orgId, taskId);
      const { job_queue: queue, job_id: jobId } = row;
      if (row.state === 'running') return { row, delivery: await findDelivery(tx, queue, jobId) };
      if (row.state !== 'queued') return { row };
      const waiting = await findWaitingJob(tx, queue, jobId);
      if (waiting || (await findDelivery(tx, queue, jobId))) return { row, waiting };
      // Between the two looks a worker may have taken it, or its job may have become another.
      const later = await readTask(tx, orgId, taskId);
      return { row: later, isStuck: later.state === 'queued' && later.job_id === jobId };
    }),
    countLiveWorkers(boss),
  ]);
  const { reason, text, until } = reasonOf({
    audience: 'organization',
    state: row.state,
    now: row.now,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    error: row.error,
    stopping: row.stopping,
    pause: row.pause ?? undefined,
    queuePaused: waiting?.paused ?? false,
    hasJob: !isStuck,
    worker:
      delivery?.heardAt && delivery.givenUpAt
        ? { heardAt: delivery.heardAt, givenUpAt: delivery.givenUpAt }
        : undefined,
    budgetSpent: row.budget_spent,
    startAfter: waiting?.startAfter ?? null,
    workers,
    running: row.running,
    limit: row.limit,
    overridden: row.overridden_at !== null,
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
    concurrency: {
      running: row.running,
      limit: row.limit,
      overriddenAt: row.overridden_at?.toISOString() ?? null,
    },
    attempts: {
      made: row.attempt,
      allowed: row.max_attempts,
      history: row.history.map(toExplainedAttempt),
    },
    error: row.error,
    cost: {
      nanoUsd: row.cost_nano_usd,
      unknownCalls: row.unknown_calls,
      reconciledCalls: row.reconciled_calls,
    },
    waitedMs: milliseconds(dueAt(row), row.started_at ?? end),
    ranMs: row.started_at ? milliseconds(row.started_at, end) : null,
  };
}

async function readTask(tx: Tx, orgId: string, taskId: string): Promise<TaskRow> {
  const { rows } = await tx.query<TaskRow>(task, [orgId, taskId]);
  const [row] = rows;
  if (!row) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  return row;
}

/** A task that is tried again is due anew; when it was due first is known no more. */
function dueAt({ run_at, started_at, created_at }: TaskRow): Date {
  return started_at && run_at > started_at ? created_at : run_at;
}

function toExplainedAttempt({
  started_at,
  ended_at,
  ...attempt
}: TaskRow['history'][number]): ExplainedAttempt {
  return {
    ...attempt,
    startedAt: new Date(started_at).toISOString(),
    endedAt: ended_at && new Date(ended_at).toISOString(),
  };
}
