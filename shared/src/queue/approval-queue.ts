import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { keepCompletedSeconds, keepWaitingSeconds } from './queues.ts';

/** The queue of approvals whose time runs out: one job each, delayed until then. */
export const approvalQueue = 'approvals';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const approvalPayloadVersion = 1;

/** What a job carries: ids, never content. */
export type ApprovalJob = {
  version: typeof approvalPayloadVersion;
  orgId: string;
  taskId: string;
  approvalId: string;
};

const settings = {
  retryLimit: 20,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3_600,
  expireInSeconds: 60,
  deleteAfterSeconds: keepCompletedSeconds,
  retentionSeconds: keepWaitingSeconds,
};

/** Creates the queue or brings its settings up to date. Safe to repeat. */
export async function ensureApprovalQueue(boss: PgBoss): Promise<void> {
  if (await boss.getQueue(approvalQueue)) await boss.updateQueue(approvalQueue, settings);
  else await boss.createQueue(approvalQueue, settings);
}

/** Sends the job that ends an approval after its time, in the transaction that asks. */
export async function sendApprovalTimeout(
  tx: Tx,
  boss: PgBoss,
  { startAfter, ...ids }: Omit<ApprovalJob, 'version'> & { startAfter: Date },
): Promise<void> {
  const payload: ApprovalJob = { version: approvalPayloadVersion, ...ids };
  const sent = await boss.send(approvalQueue, payload, {
    // The approval's own id: whoever answers it can cancel the job without looking for it.
    id: ids.approvalId,
    startAfter,
    group: { id: ids.orgId },
    ...bossInTransaction(tx),
  });
  if (!sent) throw new Error('the queue did not take the time-out');
}

/** Nobody has to be reminded of what was answered. */
export async function cancelApprovalTimeout(
  tx: Tx,
  boss: PgBoss,
  approvalId: string,
): Promise<void> {
  await boss.cancel(approvalQueue, approvalId, bossInTransaction(tx));
}
