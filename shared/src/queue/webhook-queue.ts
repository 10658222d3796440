import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { newId } from '../ids.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { deliveriesLimit, keepCompletedSeconds, keepWaitingSeconds } from './queues.ts';

/** The queue of outgoing messages: one job a delivery. */
export const webhookQueue = 'webhooks';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const webhookPayloadVersion = 1;

/** What a job carries: ids, never content. */
export type WebhookJob = {
  version: typeof webhookPayloadVersion;
  orgId: string;
  deliveryId: string;
};

const settings = {
  // Only has to exceed ours: the sender counts and decides.
  retryLimit: deliveriesLimit,
  retryDelay: 0,
  // Twice the longest a message may take: a vanished worker's message is sent again after this.
  expireInSeconds: 40,
  deleteAfterSeconds: keepCompletedSeconds,
  retentionSeconds: keepWaitingSeconds,
};

/** Creates the queue or brings its settings up to date. Safe to repeat. */
export async function ensureWebhookQueue(boss: PgBoss): Promise<void> {
  if (await boss.getQueue(webhookQueue)) await boss.updateQueue(webhookQueue, settings);
  else await boss.createQueue(webhookQueue, settings);
}

/** Sends the job of a delivery in the transaction that made the delivery. */
export async function sendWebhookJob(
  tx: Tx,
  boss: PgBoss,
  orgId: string,
  deliveryId: string,
): Promise<void> {
  const id = newId();
  const job: WebhookJob = { version: webhookPayloadVersion, orgId, deliveryId };
  const sent = await boss.send(webhookQueue, job, {
    id,
    group: { id: orgId },
    ...bossInTransaction(tx),
  });
  if (sent !== id) throw new Error('the queue did not take the job');
  tx.announceAfterCommit('work', webhookQueue);
}
