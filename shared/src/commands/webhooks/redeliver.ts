import { sql } from 'kysely';
import type { WebhookDelivery } from '../../contracts/http/webhook.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { deliveryColumns, toDelivery } from '../../queries/webhooks/endpoint-rows.ts';
import { type DeliveryTarget, getDelivery } from '../../queries/webhooks/get-delivery.ts';
import { sendWebhookJob } from '../../queue/webhook-queue.ts';
import { audit, type CommandContext } from '../command-context.ts';
import { unseenEndpoint } from './change-endpoint.ts';

/**
 * Sends a message that came to its end once more, under the same id, so that a receiver can tell. Throws `not_found`,
 * `forbidden`, or `conflict` while it is still on its way.
 */
export async function redeliver(
  context: CommandContext,
  target: DeliveryTarget,
): Promise<WebhookDelivery> {
  const { orgId, endpointId, deliveryId } = target;
  const row = await asActor(context.database, context.actor, async (tx) => {
    const updated = await tx.db
      .updateTable('webhook_deliveries')
      .set({ state: 'pending', ended_at: null, next_attempt_at: sql<Date>`now()` })
      .where('org_id', '=', orgId)
      .where('endpoint_id', '=', endpointId)
      .where('id', '=', deliveryId)
      .where('state', '<>', 'pending')
      .returning([...deliveryColumns])
      .executeTakeFirst();
    if (!updated) return undefined;
    await audit(tx, context, {
      orgId,
      action: 'webhook.redelivered',
      targetId: endpointId,
      detail: { event: updated.event, delivery: deliveryId },
    });
    await sendWebhookJob(tx, context.boss, orgId, deliveryId);
    return updated;
  });
  if (row) return toDelivery(row);
  await getDelivery(context.database, context.actor, target).catch(async (error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found'
      ? await deliveryRefusal(context, orgId, error)
      : error;
  });
  throw new AppError('conflict', 'This message is still on its way.');
}

async function deliveryRefusal(
  context: CommandContext,
  orgId: string,
  notFound: AppError,
): Promise<Error> {
  const why = await unseenEndpoint(context, orgId);
  return why instanceof AppError && why.code === 'forbidden' ? why : notFound;
}
