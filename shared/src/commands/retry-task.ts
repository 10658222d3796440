import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { selectTaskSummary } from '../queries/task-rows.ts';
import { audit, type Caller, type CommandContext, refusal } from './command-context.ts';
import { requeueTask } from './requeue-task.ts';
import type { TaskKey } from './stop-task.ts';
import { whyNotRequeued } from './why-not-steered.ts';

/**
 * Runs a task again that failed, expired or was cancelled. Finished steps are kept, so only what is missing is
 * paid for. Throws `not_found`, `forbidden`, or `not_retryable` for any other state.
 */
export async function retryTask(
  context: CommandContext<Caller>,
  key: TaskKey,
): Promise<TaskSummary> {
  const { database, actor, boss } = context;
  const queued = await asActor(database, actor, async (tx) => {
    const who = actor.type === 'person' ? 'retried by a person' : 'retried by a program';
    if (!(await requeueTask(tx, boss, key, who))) return undefined;
    await audit(tx, context, { orgId: key.orgId, action: 'task.retried', targetId: key.taskId });
    return selectTaskSummary(tx, key);
  });
  if (queued) return queued;
  const why = await asActor(database, actor, (tx) => whyNotRequeued(tx, key));
  throw why ?? (await refusal(context, key.orgId, 'tasks.submit', undefined));
}
