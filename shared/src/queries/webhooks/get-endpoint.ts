import type { WebhookEndpoint } from '../../contracts/http/webhook.ts';
import type { Actor } from '../../db/actor.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { endpointColumns, toEndpoint } from './endpoint-rows.ts';

export type EndpointTarget = { orgId: string; endpointId: string };

/** The answer for an endpoint that does not exist or is somebody else's, alike. */
export function noSuchEndpoint(): AppError {
  return new AppError('not_found', 'There is no such webhook, or you may not see it.');
}

/** One webhook endpoint. Throws `not_found`. */
export async function getEndpoint(
  database: Database,
  actor: Actor,
  { orgId, endpointId }: EndpointTarget,
): Promise<WebhookEndpoint> {
  const row = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('webhook_endpoints')
      .select([...endpointColumns])
      .where('org_id', '=', orgId)
      .where('id', '=', endpointId)
      .executeTakeFirst(),
  );
  if (!row) throw noSuchEndpoint();
  return toEndpoint(row);
}
