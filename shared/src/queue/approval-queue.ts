import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { sendServiceJob, serviceQueues } from './service-queues.ts';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const approvalPayloadVersion = 1;

/** What a job carries: ids, never content. */
export type ApprovalJob = {
  version: typeof approvalPayloadVersion;
  orgId: string;
  taskId: string;
  approvalId: string;
};

/** Sends the job that ends an approval after its time, in the transaction that asks. */
export async function sendApprovalTimeout(
  tx: Tx,
  boss: PgBoss,
  { startAfter, ...ids }: Omit<ApprovalJob, 'version'> & { startAfter: Date },
): Promise<void> {
  const payload: ApprovalJob = { version: approvalPayloadVersion, ...ids };
  // The approval's own id: whoever answers it can cancel the job without looking for it.
  const when = { id: ids.approvalId, startAfter };
  await sendServiceJob(tx, boss, serviceQueues.approvals, payload, when);
}

/** Nobody has to be reminded of what was answered. */
export async function cancelApprovalTimeout(
  tx: Tx,
  boss: PgBoss,
  approvalId: string,
): Promise<void> {
  await boss.cancel(serviceQueues.approvals.name, approvalId, bossInTransaction(tx));
}
