import type { TaskSummary } from '../contracts/http/task.ts';
import type { Tx } from '../db/doors.ts';
import { taskSummaryColumns, toTaskSummary } from './task-rows.ts';

/** The tasks that were submitted with these idempotency keys, by key; those that are new are missing. */
export async function findTasksByKeys(
  tx: Tx,
  orgId: string,
  keys: string[],
): Promise<Map<string, { task: TaskSummary; requestHash: string }>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('tasks')
    .select([...taskSummaryColumns, 'idempotency_key', 'request_hash'])
    .where('org_id', '=', orgId)
    .where('idempotency_key', 'in', keys)
    .execute();
  return new Map(
    rows.map((row) => [
      row.idempotency_key ?? '',
      { task: toTaskSummary(row), requestHash: row.request_hash },
    ]),
  );
}
