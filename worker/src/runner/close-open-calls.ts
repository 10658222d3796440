import type { Tx } from '@devsphere/shared/db/doors.ts';

/** Records calls that an attempt left open as of unknown outcome: they may have been billed, and are never free. */
export async function closeOpenCalls(
  tx: Pick<Tx, 'query'>,
  orgId: string,
  taskId: string,
): Promise<void> {
  await tx.query(
    `update llm_calls set state = 'unknown', ended_at = now()
     where org_id = $1 and task_id = $2 and state = 'started'`,
    [orgId, taskId],
  );
}
