import type { WebhookDeliveryDetail } from '../../contracts/http/webhook.ts';
import type { Actor } from '../../db/actor.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { deliveryColumns, toDelivery } from './endpoint-rows.ts';

export type DeliveryTarget = { orgId: string; endpointId: string; deliveryId: string };

const attemptsShown = 50;

/** One delivery with what was sent and what came back. Throws `not_found`. */
export async function getDelivery(
  database: Database,
  actor: Actor,
  { orgId, endpointId, deliveryId }: DeliveryTarget,
): Promise<WebhookDeliveryDetail> {
  const [row, attempts] = await asActor(database, actor, (tx) =>
    Promise.all([
      tx.db
        .selectFrom('webhook_deliveries')
        .select([...deliveryColumns, 'payload'])
        .where('org_id', '=', orgId)
        .where('endpoint_id', '=', endpointId)
        .where('id', '=', deliveryId)
        .executeTakeFirst(),
      tx.db
        .selectFrom('webhook_attempts')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('delivery_id', '=', deliveryId)
        .orderBy('attempt', 'desc')
        .limit(attemptsShown)
        .execute(),
    ]),
  );
  if (!row) throw new AppError('not_found', 'There is no such delivery, or you may not see it.');
  return {
    ...toDelivery(row),
    payload: row.payload as WebhookDeliveryDetail['payload'],
    log: attempts.map((attempt) => ({
      attempt: attempt.attempt,
      at: attempt.at.toISOString(),
      tookMs: attempt.took_ms,
      requestHeaders: attempt.request_headers as Record<string, string>,
      status: attempt.status,
      responseHeaders: attempt.response_headers as Record<string, string> | null,
      responseBody: attempt.response_body,
      error: attempt.error,
    })),
  };
}
