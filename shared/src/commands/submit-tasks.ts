import { toTaskSummary } from '../queries/task-rows.ts';
import type { Caller, CommandContext } from './command-context.ts';
import { prepareSubmission, type SubmitTask } from './prepare-submission.ts';
import { type SubmittedTask, submitTask } from './submit-task.ts';
import { writeSubmissions } from './write-submissions.ts';

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
  const { database, boss, actor } = context;
  const now = await database.now();
  const all = commands.map((command) => ({
    actor,
    submission: prepareSubmission(context, command, now),
  }));
  const rows = await writeSubmissions(database, boss, all);
  return rows.map((row) => ({ task: toTaskSummary(row), created: true }));
}
