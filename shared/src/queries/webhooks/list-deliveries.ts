import type { DeliveryPage, ListDeliveriesQuery } from '../../contracts/http/webhook.ts';
import type { Actor } from '../../db/actor.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { deliveryColumns, toDelivery } from './endpoint-rows.ts';
import { type EndpointTarget, getEndpoint } from './get-endpoint.ts';

/** One page of an endpoint's deliveries, newest first. Throws `not_found`. */
export async function listDeliveries(
  database: Database,
  actor: Actor,
  target: EndpointTarget,
  query: ListDeliveriesQuery,
): Promise<DeliveryPage> {
  const [, rows] = await Promise.all([
    getEndpoint(database, actor, target),
    asActor(database, actor, (tx) => {
      let select = tx.db
        .selectFrom('webhook_deliveries')
        .select([...deliveryColumns])
        .where('org_id', '=', target.orgId)
        .where('endpoint_id', '=', target.endpointId)
        .orderBy('id', 'desc')
        .limit(query.limit + 1);
      if (query.state) select = select.where('state', '=', query.state);
      if (query.before) select = select.where('id', '<', query.before);
      return select.execute();
    }),
  ]);
  const deliveries = rows.slice(0, query.limit).map(toDelivery);
  return {
    deliveries,
    nextCursor: rows.length > query.limit ? (deliveries.at(-1)?.id ?? null) : null,
  };
}
