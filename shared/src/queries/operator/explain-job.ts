import type { PgBoss } from 'pg-boss';
import type { JobExplanation } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';
import type { Tx } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { isId } from '../../ids.ts';
import { queues } from '../../queue/queues.ts';
import { reasonOf, type TaskFacts } from '../../tasks/explain-task.ts';
import { isTerminal, type TaskState } from '../../tasks/states.ts';
import { countLiveWorkers } from '../count-live-workers.ts';
import { findWaitingJob } from '../waiting-job.ts';

type TaskRow = {
  state: TaskState;
  attempt: number;
  max_attempts: number;
  error_code: string | null;
  stopping: boolean;
  job_id: string;
  paused: boolean;
  budget_spent: boolean;
  running: number;
  limit: number;
  overridden: boolean;
};

const task = `
  select t.state, t.attempt, t.max_attempts, t.error_code, t.cancel_requested_at is not null as stopping, t.job_id,
         exists (select from organization_pauses p where p.org_id = t.org_id) as paused,
         exists (select from budget_stops b where b.org_id = t.org_id) as budget_spent,
         (select count(*)::int from tasks r where r.org_id = t.org_id and r.state = 'running') as running,
         coalesce(c.concurrent_tasks, p.concurrent_tasks) as limit, c.org_id is not null as overridden
  from tasks t join organizations o on o.org_id = t.org_id join plans p on p.plan = o.plan
  left join concurrency_overrides c on c.org_id = t.org_id
  where t.org_id = $1 and t.id = $2`;

/** Of a job that is no task's: its queue and the workers alone can keep it. */
const noTask = { attempt: 0, maxAttempts: 1, error: null, stopping: false, running: 0, limit: 1 };

/**
 * Why a job that waits does not run, by the same reasons that its organisation is given, and without a word of what it
 * is about. Throws `not_found` for a job that does not wait any more.
 */
export async function explainJob(
  database: Database,
  boss: PgBoss,
  operator: Operator,
  { queue, jobId }: { queue: string; jobId: string },
): Promise<JobExplanation> {
  const [{ job, row, now }, workers] = await Promise.all([
    asOperator(database, operator, (tx) => readJob(tx, queue, jobId)),
    countLiveWorkers(boss),
  ]);
  const position = job.ahead;
  if (row && (isTerminal(row.state) || row.job_id !== jobId)) {
    const why = isTerminal(row.state) ? 'has ended' : 'is delivered by another job by now';
    return {
      reason: 'superseded',
      text: `Its task ${why}: it finds nothing to do.`,
      until: null,
      position,
    };
  }
  const { reason, text, until } = reasonOf({
    ...noTask,
    ...(row ? factsOf(row) : {}),
    audience: 'operator',
    state: 'queued',
    now,
    queuePaused: job.paused,
    hasJob: true,
    worker: undefined,
    startAfter: job.startAfter,
    workers,
    ahead: job.ahead,
    approval: undefined,
    budgetSpent: row?.budget_spent ?? false,
    pause: row?.paused ? { reason: null } : undefined,
    overridden: row?.overridden ?? false,
  });
  return { reason, text, until: until?.toISOString() ?? null, position };
}

function factsOf(row: TaskRow): Pick<TaskFacts, keyof typeof noTask> {
  const { error_code: code } = row;
  return {
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    error: code ? { class: 'retry', code, message: `It met ${code}.` } : null,
    stopping: row.stopping,
    running: row.running,
    limit: row.limit,
  };
}

async function readJob(tx: Tx, queue: string, jobId: string) {
  // What is listed among the jobs for later may have moved to where it is taken from.
  const taken = Object.values(queues).find(({ later }) => later === queue)?.name ?? queue;
  const job = await findWaitingJob(tx, taken, jobId);
  if (!job) throw new AppError('not_found', 'This job does not wait any more.');
  const { orgId, taskId } = job;
  const isOfTask = orgId !== null && taskId !== null && isId(orgId) && isId(taskId);
  const [tasks, clock] = await Promise.all([
    isOfTask ? tx.query<TaskRow>(task, [orgId, taskId]) : undefined,
    tx.query<{ now: Date }>('select now() as now'),
  ]);
  return { job, row: tasks?.rows[0], now: clock.rows[0]?.now ?? new Date() };
}
