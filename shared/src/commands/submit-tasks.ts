import { asActor } from '../db/doors.ts';
import { toTaskSummary } from '../queries/task-rows.ts';
import type { Caller, CommandContext } from './command-context.ts';
import { prepareSubmission, type SubmitTask } from './prepare-submission.ts';
import { type SubmittedTask, submitTask } from './submit-task.ts';

/**
 * Submits several tasks of one person in one transaction: all of them or none. Throws what submitting one throws; for
 * more than one, errors of the database come as they are, so that the caller may submit them one by one.
 */
export async function submitTasks(
  context: CommandContext<Caller>,
  commands: SubmitTask[],
): Promise<SubmittedTask[]> {
  const [only, ...others] = commands;
  if (only && others.length === 0) return [await submitTask(context, only)];
  const prepared = commands.map((command) => prepareSubmission(context, command));
  const rows = await asActor(context.database, context.actor, async (tx) => {
    // All are awaited even when one fails: none may reach the connection after its transaction has ended.
    const written = await Promise.allSettled(prepared.map(({ write }) => write(tx)));
    return written.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  });
  return rows.map((row) => ({ task: toTaskSummary(row), created: true }));
}
