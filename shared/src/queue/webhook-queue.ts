import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { sendServiceJob, serviceQueues } from './service-queues.ts';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const webhookPayloadVersion = 1;

/** What a job carries: ids, never content. */
export type WebhookJob = {
  version: typeof webhookPayloadVersion;
  orgId: string;
  deliveryId: string;
};

/** Sends the job of a delivery in the transaction that made the delivery. */
export async function sendWebhookJob(
  tx: Tx,
  boss: PgBoss,
  orgId: string,
  deliveryId: string,
): Promise<void> {
  const payload: WebhookJob = { version: webhookPayloadVersion, orgId, deliveryId };
  await sendServiceJob(tx, boss, serviceQueues.webhooks, payload);
}
