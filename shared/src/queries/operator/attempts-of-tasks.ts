import type { JobAttempt } from '../../contracts/operator.ts';
import type { Tx } from '../../db/doors.ts';

/** The last attempts shown of each task. */
const attemptsShown = 5;

type Row = {
  task_id: string;
  attempt: number;
  state: string;
  worker: string;
  error_class: string | null;
  error_code: string | null;
  error_fingerprint: string | null;
  started_at: Date;
  ended_at: Date | null;
};

/** How the last attempts at each task went, newest first: never what they worked on. For an operator's transaction. */
export async function attemptsOfTasks(
  tx: Tx,
  tasks: Array<{ orgId: string; taskId: string }>,
): Promise<Map<string, JobAttempt[]>> {
  const found = new Map<string, JobAttempt[]>(tasks.map(({ taskId }) => [taskId, []]));
  if (tasks.length === 0) return found;
  const { rows } = await tx.query<Row>(
    `select a.* from unnest($1::uuid[], $2::uuid[]) as wanted (org_id, task_id)
     cross join lateral (
       select task_id, attempt, state, worker, error_class, error_code, error_fingerprint, started_at, ended_at
       from task_attempts a where a.org_id = wanted.org_id and a.task_id = wanted.task_id
       order by attempt desc limit $3
     ) as a`,
    [tasks.map(({ orgId }) => orgId), tasks.map(({ taskId }) => taskId), attemptsShown],
  );
  for (const row of rows) {
    found.get(row.task_id)?.push({
      attempt: row.attempt,
      state: row.state,
      worker: row.worker,
      errorClass: row.error_class,
      errorCode: row.error_code,
      errorFingerprint: row.error_fingerprint,
      startedAt: row.started_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    });
  }
  return found;
}
