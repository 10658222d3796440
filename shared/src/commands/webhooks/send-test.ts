import type { WebhookDelivery } from '../../contracts/http/webhook.ts';
import { testEvent } from '../../contracts/outgoing-events.ts';
import { asActor } from '../../db/doors.ts';
import { newId } from '../../ids.ts';
import { deliveryColumns, toDelivery } from '../../queries/webhooks/endpoint-rows.ts';
import { type EndpointTarget, noSuchEndpoint } from '../../queries/webhooks/get-endpoint.ts';
import { sendWebhookJob } from '../../queue/webhook-queue.ts';
import { audit, type CommandContext, refusal, sqlState } from '../command-context.ts';

/** Sends an endpoint one test message, enabled or not; it is tried once. Throws `not_found`, `forbidden`. */
export async function sendTest(
  context: CommandContext,
  { orgId, endpointId }: EndpointTarget,
): Promise<WebhookDelivery> {
  const { database, actor, boss } = context;
  const id = newId();
  const payload = {
    type: testEvent,
    timestamp: new Date().toISOString(),
    data: { id: endpointId, orgId, message: 'A test message, sent because somebody asked for it.' },
  };
  try {
    const row = await asActor(database, actor, async (tx) => {
      const inserted = await tx.db
        .insertInto('webhook_deliveries')
        .values({
          org_id: orgId,
          id,
          endpoint_id: endpointId,
          event: testEvent,
          subject_type: 'webhook',
          subject_id: endpointId,
          payload: JSON.stringify(payload),
          next_attempt_at: new Date(),
        })
        .returning([...deliveryColumns])
        .executeTakeFirstOrThrow();
      await audit(tx, context, { orgId, action: 'webhook.tested', targetId: endpointId });
      await sendWebhookJob(tx, boss, orgId, id);
      return inserted;
    });
    return toDelivery(row);
  } catch (error) {
    if (sqlState(error) === '23503') throw noSuchEndpoint();
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'webhooks.manage', error);
    throw error;
  }
}
