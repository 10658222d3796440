import type { TaskDetail } from '../contracts/http/task.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { taskSummaryColumns, toTaskDetail } from './task-rows.ts';

/** One task with its input and output. Throws `not_found` when it does not exist or is somebody else's, alike. */
export async function getTask(
  database: Database,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<TaskDetail> {
  const row = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('tasks')
      .select([...taskSummaryColumns, 'input', 'output'])
      .where('org_id', '=', orgId)
      .where('id', '=', taskId)
      .executeTakeFirst(),
  );
  if (!row) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  return toTaskDetail(row);
}
