import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { selectTaskSummary } from '../queries/task-rows.ts';
import { audit, type Caller, type CommandContext, refusal } from './command-context.ts';
import { stopTask, type TaskKey } from './stop-task.ts';
import { whyNotStopped } from './why-not-steered.ts';

/**
 * Stops a task. One that no worker has is cancelled at once; a running one is asked to stop, which its worker does
 * within a second. Throws `not_found`, `forbidden`, `already_ended` or `cancel_already_requested`.
 */
export async function cancelTask(
  context: CommandContext<Caller>,
  key: TaskKey,
): Promise<TaskSummary> {
  const { database, actor, boss } = context;
  const stopped = await asActor(database, actor, async (tx) => {
    const action = await stopTask(tx, boss, key);
    if (!action) return undefined;
    await audit(tx, context, { orgId: key.orgId, action, targetId: key.taskId });
    return selectTaskSummary(tx, key);
  });
  if (stopped) return stopped;
  const why = await asActor(database, actor, (tx) => whyNotStopped(tx, key));
  throw why ?? (await refusal(context, key.orgId, 'tasks.submit', undefined));
}
