import { sqlState } from '@devsphere/shared/commands/command-context.ts';
import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor, type Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { tell } from '@devsphere/shared/outgoing/tell.ts';
import { affected } from '@devsphere/shared/queue/affected.ts';
import { bossInTransaction } from '@devsphere/shared/queue/boss-in-transaction.ts';
import type { PgBoss } from 'pg-boss';
import { failpoint } from '../failpoints.ts';
import { appendEvents, type NewEvent } from './append-events.ts';
import { buryJob } from './bury-job.ts';
import { CancelledMeanwhile, type Claim, ClaimLost, readFence } from './claim.ts';
import { closeOpenCalls } from './close-open-calls.ts';
import { Listeners } from './listeners.ts';
import { openApproval } from './open-approval.ts';
import type { Outcome } from './outcome.ts';
import { returnJob } from './return-job.ts';
import type { TaskWriter } from './task-writer.ts';
import { waitingFor } from './waiting-for.ts';

export type SettleDependencies = { database: Database; boss: PgBoss; writer: TaskWriter };
type Ended = Exclude<Outcome, { type: 'retry' | 'released' | 'waiting' }>;

const listeners = new Listeners();

/**
 * Ends an attempt: the job, the task, the attempt, the remaining events, the audit entry and the messages to whoever
 * wants to hear of it change in one short transaction that begins with the job, fenced by the delivery. Throws
 * `ClaimLost` when the job is no longer ours, and `CancelledMeanwhile` when a task that would go on later was asked to stop;
 * nothing was written then. Successes that nobody is told of share their transaction.
 */
export async function settle(
  deps: SettleDependencies,
  claim: Claim,
  outcome: Outcome,
  remaining: NewEvent[],
): Promise<void> {
  if (outcome.type !== 'succeeded' || listeners.has(claim.orgId))
    return settleAlone(deps, claim, outcome, remaining);
  try {
    await deps.writer.succeed({ claim, output: outcome.output, events: remaining });
  } catch (error) {
    if (sqlState(error) !== 'DS411') throw error;
    listeners.add(claim.orgId);
    await settleAlone(deps, claim, outcome, remaining);
  }
}

async function settleAlone(
  { database, boss }: SettleDependencies,
  claim: Claim,
  outcome: Outcome,
  remaining: NewEvent[],
): Promise<void> {
  const now = await database.now();
  const waitSeconds = outcome.type === 'waiting' ? outcome.question.waitSeconds : 0;
  const expiresAt = new Date(now.getTime() + waitSeconds * 1000);
  const events = [...remaining, closingEvent(claim, outcome, expiresAt)];
  await asActor(database, claim.actor, async (tx) => {
    const settled = await settleJob(tx, boss, claim, outcome);
    if (settled !== 1) throw new ClaimLost();
    failpoint('inside-settle');
    await appendEvents(tx, claim.orgId, [{ claim, events }]);
    await Promise.all([
      settleTask(tx, claim, outcome),
      closeAttempt(tx, claim, outcome),
      closeOpenCalls(tx, claim.orgId, claim.taskId),
      recordEnd(tx, claim, outcome),
      hasEnded(outcome) && tellOfEnd(tx, boss, claim, outcome),
    ]);
    if (outcome.type === 'waiting')
      await openApproval(tx, boss, claim, outcome.question, expiresAt);
    if (outcome.type === 'retry' || outcome.type === 'released')
      tx.announceAfterCommit('work', claim.queue);
  }).catch((error: unknown) => {
    throw readFence(error);
  });
}

function hasEnded(outcome: Outcome): outcome is Ended {
  return outcome.type !== 'retry' && outcome.type !== 'released' && outcome.type !== 'waiting';
}

async function settleJob(tx: Tx, boss: PgBoss, claim: Claim, outcome: Outcome): Promise<number> {
  const delivery = { queue: claim.queue, id: claim.jobId, delivery: claim.delivery };
  const inTransaction = bossInTransaction(tx);
  const error = errorOf(outcome);
  const output = error ? { code: error.code, class: error.class } : { outcome: outcome.type };
  if (outcome.type === 'retry' || outcome.type === 'released')
    return returnJob(tx, delivery, delayOf(outcome), output);
  if (outcome.type === 'failed') return buryJob(boss, inTransaction.db, delivery, output);
  const job = { id: claim.jobId, retryCount: claim.delivery };
  return affected(await boss.complete(claim.queue, job, { outcome: outcome.type }, inTransaction));
}
function closingEvent(claim: Claim, outcome: Outcome, expiresAt: Date): NewEvent {
  switch (outcome.type) {
    case 'retry':
      return {
        type: 'attempt.failed',
        data: {
          attempt: claim.attempt,
          error: outcome.error,
          retryInSeconds: outcome.delaySeconds,
        },
      };
    case 'released':
      return {
        type: 'task.queued',
        data: { reason: waitingFor(errorOf(outcome)) },
      };
    case 'waiting': {
      const { id: approval, stepKey: step, title } = outcome.question;
      return {
        type: 'approval.requested',
        data: { approval, step, title, expiresAt: expiresAt.toISOString() },
      };
    }
    default:
      return { type: 'task.ended', data: { state: outcome.type, error: errorOf(outcome) } };
  }
}

async function settleTask(tx: Tx, claim: Claim, outcome: Outcome): Promise<void> {
  const ended = hasEnded(outcome);
  const waits = outcome.type === 'waiting';
  const state = ended || waits ? outcome.type : 'queued';
  const output = outcome.type === 'succeeded' ? JSON.stringify(outcome.output) : null;
  const error = errorOf(outcome);
  const delaySeconds = delayOf(outcome);
  const { rowCount } = await tx.query(
    `update tasks set state = $4, output = $5::jsonb, error = $6::jsonb,
            ended_at = case when $7 then now() end,
            run_at = case when $7 then run_at else now() + make_interval(secs => $8) end,
            max_attempts = max_attempts + case when $9 then 1 else 0 end
     where org_id = $1 and id = $2 and attempt = $3 and ($7 or cancel_requested_at is null)`,
    [
      claim.orgId,
      claim.taskId,
      claim.attempt,
      state,
      output,
      error && JSON.stringify(error),
      ended,
      delaySeconds,
      outcome.type === 'released' || waits,
    ],
  );
  if (!ended && rowCount === 0) throw new CancelledMeanwhile();
}

async function closeAttempt(tx: Tx, claim: Claim, outcome: Outcome): Promise<void> {
  const state = outcome.type === 'retry' ? 'failed' : outcome.type;
  const error = errorOf(outcome);
  await tx.query(
    `update task_attempts set state = $4, error = $5::jsonb, ended_at = now() where org_id = $1 and task_id = $2 and attempt = $3`,
    [claim.orgId, claim.taskId, claim.attempt, state, error && JSON.stringify(error)],
  );
}

async function recordEnd(tx: Tx, claim: Claim, outcome: Outcome): Promise<void> {
  const actions = {
    succeeded: 'task.succeeded',
    failed: 'task.failed',
    expired: 'task.expired',
    cancelled: 'task.cancelled',
    waiting: 'task.approval_requested',
  } as const;
  if (outcome.type === 'retry' || outcome.type === 'released') return;
  await tx.query(
    `insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id, detail)
     values ($1, $2, 'task', $3, $4, 'task', $3, $5)`,
    [
      claim.orgId,
      newId(),
      claim.taskId,
      actions[outcome.type],
      JSON.stringify({ attempt: claim.attempt }),
    ],
  );
}

/** Sent behind the task's own update, so that what is told is how it ended. */
async function tellOfEnd(tx: Tx, boss: PgBoss, claim: Claim, outcome: Ended): Promise<void> {
  const { orgId, taskId: id } = claim;
  await tell(tx, boss, { orgId, event: `task.${outcome.type}`, subject: 'task', id });
}

function errorOf(outcome: Outcome): TaskError | null {
  return 'error' in outcome ? (outcome.error ?? null) : null;
}

function delayOf(outcome: Outcome): number {
  return 'delaySeconds' in outcome ? (outcome.delaySeconds ?? 0) : 0;
}
