import type { AuditAction } from '../../audit-actions.ts';
import type { AuditFacts } from '../../audit-changes.ts';
import type { WebhookEndpoint } from '../../contracts/http/webhook.ts';
import { asActor, type Tx } from '../../db/doors.ts';
import {
  type EndpointRow,
  endpointColumns,
  toEndpoint,
} from '../../queries/webhooks/endpoint-rows.ts';
import { type EndpointTarget, noSuchEndpoint } from '../../queries/webhooks/get-endpoint.ts';
import { audit, type CommandContext, refusal } from '../command-context.ts';

export type EndpointChange = {
  url?: string;
  description?: string;
  events?: string[];
  state?: 'enabled' | 'disabled';
  disabled_reason?: null;
  failures?: 0;
  failing_since?: null;
};

/**
 * Changes an endpoint under its row lock. `decide` sees the row and returns what changes, or null for nothing, which
 * writes nothing; `also` joins the transaction. Throws `not_found` or `forbidden`.
 */
export async function changeEndpoint(
  context: CommandContext,
  { orgId, endpointId }: EndpointTarget,
  action: AuditAction,
  decide: (current: EndpointRow) => EndpointChange | null,
  also: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<WebhookEndpoint> {
  const row = await asActor(context.database, context.actor, async (tx) => {
    const current = await tx.db
      .selectFrom('webhook_endpoints')
      .select([...endpointColumns])
      .where('org_id', '=', orgId)
      .where('id', '=', endpointId)
      .forUpdate()
      .executeTakeFirst();
    if (!current) return undefined;
    const change = decide(current);
    if (!change) return current;
    const updated = await tx.db
      .updateTable('webhook_endpoints')
      .set({ ...change, updated_at: new Date() })
      .where('org_id', '=', orgId)
      .where('id', '=', endpointId)
      .returning([...endpointColumns])
      .executeTakeFirstOrThrow();
    await Promise.all([
      audit(tx, context, {
        orgId,
        action,
        targetId: endpointId,
        changes: { before: factsOf(current), after: factsOf(updated) },
      }),
      also(tx),
    ]);
    return updated;
  });
  if (row) return toEndpoint(row);
  throw await unseenEndpoint(context, orgId);
}

/** Why an endpoint was not found: to whoever may not manage webhooks, that; to anyone else, that there is none. */
export async function unseenEndpoint(context: CommandContext, orgId: string): Promise<Error> {
  const { rows } = await asActor(context.database, context.actor, (tx) =>
    tx.query<{ may: boolean }>(
      `select $1 in (select app.permitted_org_ids('webhooks.manage')) as may`,
      [orgId],
    ),
  );
  return rows[0]?.may ? noSuchEndpoint() : refusal(context, orgId, 'webhooks.manage', undefined);
}

function factsOf({ url, description, events, state }: EndpointRow): AuditFacts {
  return { url, description, events, state };
}
