import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { sendServiceJob, serviceQueues } from './service-queues.ts';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const timerPayloadVersion = 1;

/** What a job carries: ids, never content. */
export type TimerJob = { version: typeof timerPayloadVersion } & Timer;

export type Timer = { orgId: string; taskId: string } & (
  | { timer: 'approval'; approvalId: string }
  /** Ends a task that nobody has started. */
  | { timer: 'expiry' }
);

/** Sends the job of a time, in the transaction that makes it matter. */
export async function sendTimer(
  tx: Tx,
  boss: PgBoss,
  timer: Timer,
  startAfter: Date,
): Promise<void> {
  const { id, data } = timerJob(timer, startAfter);
  await sendServiceJob(tx, boss, serviceQueues.timers, data, { id, startAfter });
}

/** The job of a time, for who sends several at once. */
export function timerJob(
  timer: Timer,
  startAfter: Date,
): { id: string; data: TimerJob; group: { id: string }; startAfter: Date } {
  return {
    // The id of what it is about: whoever settles that can cancel the job without looking for it.
    id: timer.timer === 'approval' ? timer.approvalId : timer.taskId,
    data: { version: timerPayloadVersion, ...timer },
    group: { id: timer.orgId },
    startAfter,
  };
}

/** The time does not matter any more. */
export async function cancelTimer(tx: Tx, boss: PgBoss, id: string): Promise<void> {
  await boss.cancel(serviceQueues.timers.name, id, bossInTransaction(tx));
}
