import { overBudget } from '../budget/over-budget.ts';
import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { selectTaskSummary } from '../queries/task-rows.ts';
import { retryableStates } from '../tasks/states.ts';
import { audit, type Caller, type CommandContext, refusal, sqlState } from './command-context.ts';
import { requeueTask } from './requeue-task.ts';
import type { TaskKey } from './stop-task.ts';
import { whyNotRequeued } from './why-not-steered.ts';

/** What it had reserved was given back when it ended. */
const admitAgain = `select app.admit_spending(org_id, reserved_nano_usd) from tasks
  where org_id = $1 and id = $2 and state = any ($3)`;

/**
 * Runs a task again that failed, expired or was cancelled. Finished steps are kept, so only what is missing is
 * paid for; `fromStep` forgets that step and what came after it. Throws `not_found`, `forbidden`, `budget_exceeded`,
 * `invalid_request` for a step it does not have, or `not_retryable` for any other state.
 */
export async function retryTask(
  context: CommandContext<Caller>,
  { fromStep, ...key }: TaskKey & { fromStep?: string | undefined },
): Promise<TaskSummary> {
  const { database, actor, boss } = context;
  const queued = await asActor(database, actor, async (tx) => {
    const who = actor.type === 'person' ? 'retried by a person' : 'retried by a program';
    await tx.query(admitAgain, [key.orgId, key.taskId, [...retryableStates]]);
    if (fromStep !== undefined && !(await forgetSteps(tx, key, fromStep))) return undefined;
    if (!(await requeueTask(tx, boss, key, who))) return undefined;
    await audit(tx, context, {
      orgId: key.orgId,
      action: 'task.retried',
      targetId: key.taskId,
      detail: fromStep === undefined ? {} : { from_step: fromStep },
    });
    return selectTaskSummary(tx, key);
  }).catch((error: unknown) => {
    throw sqlState(error) === 'DS402' ? overBudget(error) : error;
  });
  if (queued) return queued;
  const why = await asActor(database, actor, (tx) => whyNotRequeued(tx, key));
  throw why ?? (await refusal(context, key.orgId, 'tasks.submit', undefined));
}

/** False when the task may not be retried, or not by this actor. Throws `invalid_request` for a step it does not have. */
async function forgetSteps(tx: Tx, { orgId, taskId }: TaskKey, fromStep: string): Promise<boolean> {
  const { rows } = await tx.query<{ forgotten: number | null }>(
    'select app.forget_steps($1, $2, $3) as forgotten',
    [orgId, taskId, fromStep],
  );
  const forgotten = rows[0]?.forgotten ?? null;
  if (forgotten !== 0) return forgotten !== null;
  const message = 'This task has finished no such step';
  throw new AppError('invalid_request', `fromStep: ${message}.`, {
    fields: [{ field: 'fromStep', message }],
  });
}
