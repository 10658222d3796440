import type { JobTask } from '../../contracts/operator.ts';
import type { Tx } from '../../db/doors.ts';
import { isId } from '../../ids.ts';
import type { TaskState } from '../../tasks/states.ts';

type Row = {
  org_id: string;
  id: string;
  slug: string;
  name: string;
  kind: string;
  state: string;
  attempt: number;
  max_attempts: number;
  error_code: string | null;
  cancel_requested_at: Date | null;
  event_seq: number;
};

/** The tasks that jobs deliver, in the jobs' order; null where a payload names none. For an operator's transaction. */
export async function tasksOfJobs(
  tx: Tx,
  jobs: Array<{ orgId: string | null; taskId: string | null }>,
): Promise<Array<JobTask | null>> {
  const keys = jobs.filter(
    (job): job is { orgId: string; taskId: string } =>
      job.orgId !== null && job.taskId !== null && isId(job.orgId) && isId(job.taskId),
  );
  if (keys.length === 0) return jobs.map(() => null);
  const { rows } = await tx.query<Row>(
    `select t.org_id, t.id, o.slug, o.name, t.kind, t.state, t.attempt, t.max_attempts, t.error_code,
            t.cancel_requested_at, t.event_seq
     from unnest($1::uuid[], $2::uuid[]) as wanted (org_id, id)
     join tasks t on t.org_id = wanted.org_id and t.id = wanted.id
     join organizations o on o.org_id = t.org_id`,
    [keys.map(({ orgId }) => orgId), keys.map(({ taskId }) => taskId)],
  );
  const byId = new Map(rows.map((row) => [row.id, toJobTask(row)]));
  return jobs.map(({ taskId }) => (taskId ? (byId.get(taskId) ?? null) : null));
}

function toJobTask(row: Row): JobTask {
  return {
    orgId: row.org_id,
    taskId: row.id,
    organization: { slug: row.slug, name: row.name },
    kind: row.kind,
    state: row.state as TaskState,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    errorCode: row.error_code,
    stopping: row.cancel_requested_at !== null,
    eventSeq: row.event_seq,
  };
}
