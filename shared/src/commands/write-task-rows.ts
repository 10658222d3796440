import { admitTask } from '../budget/admit-task.ts';
import type { Turn } from '../db/doors.ts';
import { type TaskSummaryRow, taskSummaryColumns } from '../queries/task-rows.ts';
import { asQueueOwner, becomeQueueOwner } from '../queue/boss-in-transaction.ts';
import type { PreparedSubmission } from './prepare-submission.ts';

/** Rows and audit entries in one statement: planning, checking and answering once is most of a submission's cost. */
const insertTasksAndAudit = `
  with given as (
    select * from jsonb_to_recordset($1) as g (
      org_id uuid, id uuid, kind text, title text, input jsonb, max_attempts integer, job_queue text, job_id uuid,
      priority smallint, idempotency_key text, request_hash text, source_task_id uuid, created_by uuid, created_by_key uuid,
      run_at timestamptz, expires_at timestamptz, deadline_seconds integer, tags text[], metadata jsonb,
      model text, input_tokens bigint, output_tokens bigint,
      entry_id uuid, actor_type text, request_id text, address text, user_agent text)
  ), task as (
    insert into tasks (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, priority, idempotency_key,
                       request_hash, source_task_id, created_by, run_at, created_by_key, reserved_nano_usd,
                       expires_at, deadline_seconds, tags, metadata)
    select org_id, id, kind, title, 'queued', input, max_attempts, job_queue, job_id, priority, idempotency_key,
           request_hash, source_task_id, created_by, coalesce(run_at, now()), created_by_key,
           app.estimated_cost(model, input_tokens, output_tokens), expires_at, deadline_seconds, tags, metadata
    from given
    returning ${taskSummaryColumns.join(', ')}
  ), entry as (
    insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id, request_id, detail,
                               address, user_agent)
    select org_id, entry_id, actor_type, coalesce(created_by, created_by_key), 'task.submitted', 'task', id, request_id,
           jsonb_build_object('kind', kind), address::inet, user_agent
    from given returning true
  )
  select task.*`;
const remainTenant = `${insertTasksAndAudit} from task`;
const thenQueueOwner = `${insertTasksAndAudit}, ${asQueueOwner} from task, (select count(*) from entry) as entries`;

/**
 * Writes the rows and audit entries of one actor's submissions, giving all statements before it first waits; rows in their
 * order. Near a limit each is admitted and written by itself, so that the next one's admission sees it; all others share a
 * statement. The transaction is the queue's owner afterwards with `endAsQueueOwner`, ready for `sendTaskJobs`.
 */
export async function writeTaskRows(
  turn: Turn,
  submissions: readonly PreparedSubmission[],
  { endAsQueueOwner }: { endAsQueueOwner: boolean },
): Promise<TaskSummaryRow[]> {
  const statements: Promise<unknown>[] = [];
  const writes: Promise<TaskSummaryRow[]>[] = [];
  const far: PreparedSubmission[] = [];
  for (const submission of submissions) {
    const { orgId, kind, expected } = submission;
    const asked = admitTask(turn, orgId, kind, expected);
    if (!asked) {
      far.push(submission);
      continue;
    }
    statements.push(asked);
    writes.push(insert(turn, [submission], remainTenant));
  }
  if (far.length > 0)
    writes.push(insert(turn, far, endAsQueueOwner ? thenQueueOwner : remainTenant));
  else if (endAsQueueOwner) statements.push(turn.query(becomeQueueOwner));
  const [rows] = await Promise.all([Promise.all(writes), Promise.all(statements)]);
  const byId = new Map(rows.flat().map((row) => [row.id, row]));
  return submissions.map(({ taskId }) => {
    const row = byId.get(taskId);
    if (!row) throw new Error('the insert returned no row');
    return row;
  });
}

async function insert(
  turn: Turn,
  submissions: readonly PreparedSubmission[],
  statement: string,
): Promise<TaskSummaryRow[]> {
  const given = JSON.stringify(submissions.map(({ row }) => row));
  return (await turn.query<TaskSummaryRow>(statement, [given])).rows;
}
