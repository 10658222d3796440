import { checkPermission } from '../../access/check-permission.ts';
import {
  maximumEndpointsPerOrganization,
  type WebhookEndpoint,
} from '../../contracts/http/webhook.ts';
import type { Actor } from '../../db/actor.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { findOrganization } from '../list-organizations.ts';
import { endpointColumns, toEndpoint } from './endpoint-rows.ts';

/** Every webhook endpoint of an organisation, newest first. Throws `not_found`, `forbidden`. */
export async function listEndpoints(
  database: Database,
  actor: Actor & { type: 'person' },
  org: string,
): Promise<{ endpoints: WebhookEndpoint[] }> {
  const { orgId, role } = await findOrganization(database, actor, org);
  checkPermission(role, 'webhooks.manage');
  const rows = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('webhook_endpoints')
      .select([...endpointColumns])
      .where('org_id', '=', orgId)
      .orderBy('id', 'desc')
      .limit(maximumEndpointsPerOrganization)
      .execute(),
  );
  return { endpoints: rows.map(toEndpoint) };
}
