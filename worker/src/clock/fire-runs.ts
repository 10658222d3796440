import type { CommandContext, Person } from '@devsphere/shared/commands/command-context.ts';
import type { submitTasks } from '@devsphere/shared/commands/submit-tasks.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { AppError, type ErrorCode } from '@devsphere/shared/errors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { findTaskByKey } from '@devsphere/shared/queries/find-task-by-key.ts';
import type { PgBoss } from 'pg-boss';
import type { ClaimedRun } from './claimed-run.ts';
import type { ScheduledTask } from './read-schedules.ts';
import { type FiredRun, failRun } from './settle-run.ts';

export type FireDependencies = {
  database: Database;
  boss: PgBoss;
  submit: typeof submitTasks;
  log: Logger;
};

const noRights =
  'Whoever last changed this schedule may no longer submit tasks here. Resume it to run it as yourself.';

/** Refusals that asking again would not change, and what the history says about them. */
const refusals: Partial<Record<ErrorCode, string | null>> = {
  not_found: noRights,
  forbidden: noRights,
  invalid_request: null,
  unknown_kind: null,
};

// With ten seconds between attempts, about ten minutes of trouble.
const attemptsLimit = 60;

/**
 * Submits the tasks of claimed occurrences by the same command as everybody, as the person all of them run as. A refusal
 * fails the run and pauses the schedule; any other trouble leaves the run for a later tick. Returns what has its task.
 * Never rejects.
 */
export async function fireRuns(
  deps: FireDependencies,
  runs: ClaimedRun[],
  tasks: Map<ClaimedRun, ScheduledTask>,
): Promise<FiredRun[]> {
  try {
    const taskIds = await submit(deps, runs, tasks);
    const fired = runs.map((run, index) => ({ run, taskId: taskIds[index] ?? '' }));
    for (const { run, taskId } of fired)
      logOf(deps, run).info(
        { taskId, lateMs: Date.now() - run.nominalAt.getTime() },
        'schedule fired',
      );
    return fired;
  } catch (error) {
    const [only, ...others] = runs;
    if (only && others.length === 0) {
      await recordFailure(deps, only, error).catch((failure: unknown) =>
        logOf(deps, only).error({ err: failure }, 'a failed run could not be recorded'),
      );
      return [];
    }
    // One of them spoiled the transaction: apart, only that one fails.
    const apart: FiredRun[] = [];
    for (const run of runs) apart.push(...(await fireRuns(deps, [run], tasks)));
    return apart;
  }
}

async function submit(
  { database, boss, submit: submitTasks }: FireDependencies,
  runs: ClaimedRun[],
  tasks: Map<ClaimedRun, ScheduledTask>,
): Promise<string[]> {
  const [first] = runs;
  if (!first) return [];
  const actor: Person = { type: 'person', userId: first.runsAs };
  const context: CommandContext = { database, boss, actor, requestId: null };
  const commands = runs.map((run) => {
    const task = tasks.get(run);
    if (!task) throw new AppError('not_found', noRights);
    return { ...task, orgId: run.orgId, idempotencyKey: keyOf(run) };
  });
  try {
    return (await submitTasks(context, commands)).map(({ task }) => task.id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'idempotency_key_reused') throw error;
    // Submitted before a crash, and edited since: the occurrence has its task.
    const taskId = await findTaskByKey(database, actor, first.orgId, keyOf(first));
    if (!taskId) throw error;
    return [taskId];
  }
}

function keyOf(run: ClaimedRun): string {
  return `schedule:${run.scheduleId}:${run.nominalAt.toISOString()}`;
}

function logOf({ log }: FireDependencies, run: ClaimedRun): Logger {
  return log.child({
    orgId: run.orgId,
    scheduleId: run.scheduleId,
    nominalAt: run.nominalAt.toISOString(),
  });
}

async function recordFailure(
  deps: FireDependencies,
  run: ClaimedRun,
  error: unknown,
): Promise<void> {
  const log = logOf(deps, run);
  const code = error instanceof AppError ? error.code : undefined;
  if (code === 'budget_exceeded') {
    log.warn({ code }, 'schedule refused');
    // The next month, or a higher budget, lets it run again: only this occurrence is lost.
    await failRun(deps, run, (error as AppError).message, { pause: false });
  } else if (code && code in refusals) {
    const reason = refusals[code] ?? (error as AppError).message;
    log.warn({ code }, 'schedule refused and paused');
    await failRun(deps, run, reason, { pause: true });
  } else if (run.attempts >= attemptsLimit) {
    log.error({ err: error }, 'schedule run given up');
    await failRun(deps, run, 'The task could not be handed in, however often we tried.', {
      pause: false,
    });
  } else {
    log.error({ err: error, attempts: run.attempts }, 'firing failed; a later tick tries again');
  }
}
