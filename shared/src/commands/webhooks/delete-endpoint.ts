import { asActor } from '../../db/doors.ts';
import type { EndpointTarget } from '../../queries/webhooks/get-endpoint.ts';
import { audit, type CommandContext } from '../command-context.ts';
import { unseenEndpoint } from './change-endpoint.ts';

/** Deletes an endpoint with its secrets and its delivery log. Throws `not_found`, `forbidden`. */
export async function deleteEndpoint(
  context: CommandContext,
  { orgId, endpointId }: EndpointTarget,
): Promise<void> {
  const deleted = await asActor(context.database, context.actor, async (tx) => {
    const row = await tx.db
      .deleteFrom('webhook_endpoints')
      .where('org_id', '=', orgId)
      .where('id', '=', endpointId)
      .returning(['url', 'description', 'events'])
      .executeTakeFirst();
    if (!row) return false;
    await audit(tx, context, {
      orgId,
      action: 'webhook.deleted',
      targetId: endpointId,
      changes: { before: row, after: {} },
    });
    return true;
  });
  if (!deleted) throw await unseenEndpoint(context, orgId);
}
