import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';
import { bossInTransaction } from '../../queue/boss-in-transaction.ts';
import { type JobTask, tasksOfJobs } from './tasks-of-jobs.ts';

/** States of a job as pg-boss calls them. */
export const jobStates = [
  'created',
  'retry',
  'active',
  'completed',
  'cancelled',
  'failed',
] as const;
export type JobState = (typeof jobStates)[number];

export type OperatorJob = {
  id: string;
  state: JobState;
  /** Deliveries before the present one. */
  retries: number;
  createdAt: string;
  startAfter: string;
  startedAt: string | null;
  endedAt: string | null;
  /** Null when the task is gone or the payload can't be read. */
  task: JobTask | null;
};

export type JobQuery = {
  queue: string;
  states: JobState[];
  /** Where the page before ended; null for the first. */
  before: { createdAt: string; id: string } | null;
  limit: number;
};

export type JobPage = { jobs: OperatorJob[]; next: { createdAt: string; id: string } | null };

type Row = {
  id: string;
  state: JobState;
  retry_count: number;
  created_on: Date;
  cursor: string;
  start_after: Date;
  started_on: Date | null;
  completed_on: Date | null;
  org_id: string | null;
  task_id: string | null;
};

/** One page of a queue's jobs, newest first, each with whose task it delivers. */
export function listJobs(
  database: Database,
  operator: Operator,
  { queue, states, before, limit }: JobQuery,
): Promise<JobPage> {
  return asOperator(database, operator, async (tx) => {
    // Ordered as the index on (name, created_on) is; the cursor is text, to keep its microseconds.
    const { rows } = await bossInTransaction(tx).db.executeSql(
      `select id, state::text as state, retry_count, created_on, created_on::text as cursor, start_after, started_on,
              completed_on, data ->> 'orgId' as org_id, data ->> 'taskId' as task_id
       from pgboss.job
       where name = $1 and state = any($2::pgboss.job_state[])
         and ($3::timestamptz is null or created_on <= $3 and (created_on, id) < ($3, $4::uuid))
       order by created_on desc, id desc limit $5`,
      [queue, states, before?.createdAt ?? null, before?.id ?? null, limit + 1],
    );
    const page = (rows as Row[]).slice(0, limit);
    const tasks = await tasksOfJobs(
      tx,
      page.map((row) => ({ orgId: row.org_id, taskId: row.task_id })),
    );
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      jobs: page.map((row, position) => ({
        id: row.id,
        state: row.state,
        retries: row.retry_count,
        createdAt: row.created_on.toISOString(),
        startAfter: row.start_after.toISOString(),
        startedAt: row.started_on?.toISOString() ?? null,
        endedAt: row.completed_on?.toISOString() ?? null,
        task: tasks[position] ?? null,
      })),
      next: last ? { createdAt: last.cursor, id: last.id } : null,
    };
  });
}
