import type { JobState, OperatorJob } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';
import type { Tx } from '../../db/doors.ts';
import { isId } from '../../ids.ts';
import { bossInTransaction } from '../../queue/boss-in-transaction.ts';
import { attemptsOfTasks } from './attempts-of-tasks.ts';
import { tasksOfJobs } from './tasks-of-jobs.ts';

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
  created_on: Date;
  cursor: string;
  org_id: string | null;
  task_id: string | null;
  retry_count: number;
  work: string | null;
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
      `select id, state::text as state, created_on, created_on::text as cursor,
              data ->> 'orgId' as org_id, data ->> 'taskId' as task_id, retry_count,
              coalesce(data ->> 'job', data ->> 'work', data ->> 'timer', data ->> 'mail', data -> 'errand' ->> 'do',
                       case when data ? 'deliveryId' then 'delivery' end) as work
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
    const organizations = await organizationsOf(
      tx,
      page.map((row) => row.org_id),
    );
    const attempts = await attemptsOfTasks(
      tx,
      tasks.filter((task) => task !== null),
    );
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      jobs: page.map((row, position) => ({
        id: row.id,
        state: row.state,
        createdAt: row.created_on.toISOString(),
        retries: row.retry_count,
        task: tasks[position] ?? null,
        work: row.work,
        organization: organizations.get(row.org_id ?? '') ?? null,
        attempts: attempts.get(tasks[position]?.taskId ?? '') ?? [],
      })),
      next: last ? { createdAt: last.cursor, id: last.id } : null,
    };
  });
}

async function organizationsOf(
  tx: Tx,
  ids: Array<string | null>,
): Promise<Map<string, { slug: string; name: string }>> {
  const wanted = ids.filter((id) => id !== null && isId(id));
  const { rows } = await tx.query<{ org_id: string; slug: string; name: string }>(
    'select org_id, slug, name from organizations where org_id = any($1::uuid[])',
    [wanted],
  );
  return new Map(rows.map(({ org_id, slug, name }) => [org_id, { slug, name }]));
}
