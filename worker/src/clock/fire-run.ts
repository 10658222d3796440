import type { CommandContext, Person } from '@devsphere/shared/commands/command-context.ts';
import type { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { AppError, type ErrorCode } from '@devsphere/shared/errors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { findTaskByKey } from '@devsphere/shared/queries/find-task-by-key.ts';
import type { PgBoss } from 'pg-boss';
import type { ClaimedRun } from './claimed-run.ts';
import type { ScheduledTask } from './read-schedules.ts';
import { failRun } from './settle-run.ts';

export type FireDependencies = {
  database: Database;
  boss: PgBoss;
  submit: typeof submitTask;
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
 * Submits the task of a claimed occurrence by the same command as everybody, as the person the schedule runs as, and
 * returns its id. A refusal fails the run and pauses the schedule; any other trouble leaves the run for a later tick;
 * both return undefined. Never rejects.
 */
export async function fireRun(
  deps: FireDependencies,
  run: ClaimedRun,
  task: ScheduledTask | undefined,
): Promise<string | undefined> {
  const log = deps.log.child({
    orgId: run.orgId,
    scheduleId: run.scheduleId,
    nominalAt: run.nominalAt.toISOString(),
  });
  try {
    if (!task) throw new AppError('not_found', noRights);
    const taskId = await submit(deps, run, task);
    log.info({ taskId, lateMs: Date.now() - run.nominalAt.getTime() }, 'schedule fired');
    return taskId;
  } catch (error) {
    await recordFailure(deps, run, error, log).catch((failure: unknown) =>
      log.error({ err: failure }, 'a failed run could not be recorded'),
    );
    return undefined;
  }
}

async function submit(
  { database, boss, submit: submitTask }: FireDependencies,
  run: ClaimedRun,
  { kind, input }: ScheduledTask,
): Promise<string> {
  const actor: Person = { type: 'person', userId: run.runsAs };
  const context: CommandContext = { database, boss, actor, requestId: null };
  const idempotencyKey = `schedule:${run.scheduleId}:${run.nominalAt.toISOString()}`;
  try {
    const { task } = await submitTask(context, { orgId: run.orgId, kind, input, idempotencyKey });
    return task.id;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'idempotency_key_reused') throw error;
    // Submitted before a crash, and edited since: the occurrence has its task.
    const taskId = await findTaskByKey(database, actor, run.orgId, idempotencyKey);
    if (!taskId) throw error;
    return taskId;
  }
}

async function recordFailure(
  { database }: FireDependencies,
  run: ClaimedRun,
  error: unknown,
  log: Logger,
): Promise<void> {
  const code = error instanceof AppError ? error.code : undefined;
  if (code && code in refusals) {
    const reason = refusals[code] ?? (error as AppError).message;
    log.warn({ code }, 'schedule refused and paused');
    await failRun(database, run, reason, { pause: true });
  } else if (run.attempts >= attemptsLimit) {
    log.error({ err: error }, 'schedule run given up');
    await failRun(database, run, 'The task could not be handed in, however often we tried.', {
      pause: false,
    });
  } else {
    log.error({ err: error, attempts: run.attempts }, 'firing failed; a later tick tries again');
  }
}
