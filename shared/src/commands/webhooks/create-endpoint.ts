import {
  type CreateEndpointBody,
  createEndpointBody,
  maximumEndpointsPerOrganization,
  type WebhookEndpointWithSecret,
} from '../../contracts/http/webhook.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { checkOutgoingUrl } from '../../outgoing/check-url.ts';
import { endpointColumns, toEndpoint } from '../../queries/webhooks/endpoint-rows.ts';
import { validate } from '../../validate.ts';
import { audit, refusal, sqlState } from '../command-context.ts';
import type { OutgoingContext } from '../outgoing-context.ts';
import { newSigningSecret } from './signing-secret.ts';

/**
 * Creates a webhook endpoint. Its signing secret is in the answer and can't be read again. Throws `invalid_request`,
 * `forbidden`, `not_found`, or `conflict` when there are too many.
 */
export async function createEndpoint(
  context: OutgoingContext,
  { orgId, ...body }: CreateEndpointBody & { orgId: string },
): Promise<WebhookEndpointWithSecret> {
  const { url: given, description, events } = validate(createEndpointBody, body);
  const url = checkOutgoingUrl(given, context.outgoing);
  const endpointId = newId();
  const { secret, row } = newSigningSecret(context, { orgId, endpointId });
  try {
    const endpoint = await asActor(context.database, context.actor, async (tx) => {
      const [inserted, { count }] = await Promise.all([
        tx.db
          .insertInto('webhook_endpoints')
          .values({
            org_id: orgId,
            id: endpointId,
            url,
            description,
            events,
            created_by: context.actor.userId,
          })
          .returning([...endpointColumns])
          .executeTakeFirstOrThrow(),
        tx.db
          .selectFrom('webhook_endpoints')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('org_id', '=', orgId)
          .executeTakeFirstOrThrow(),
        tx.db.insertInto('webhook_secrets').values(row).execute(),
        audit(tx, context, {
          orgId,
          action: 'webhook.created',
          targetId: endpointId,
          changes: { before: {}, after: { url, description, events } },
        }),
      ]);
      if (count > maximumEndpointsPerOrganization)
        throw new AppError(
          'conflict',
          `An organisation has at most ${maximumEndpointsPerOrganization} webhooks. Delete one first.`,
        );
      return inserted;
    });
    return { endpoint: toEndpoint(endpoint), secret };
  } catch (error) {
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'webhooks.manage', error);
    throw error;
  }
}
