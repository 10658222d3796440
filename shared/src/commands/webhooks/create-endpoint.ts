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
import { checkIdempotencyKey } from '../check-task-input.ts';
import { audit, refusal, sqlState } from '../command-context.ts';
import type { OutgoingContext } from '../outgoing-context.ts';
import { newSigningSecret } from './signing-secret.ts';

export type CreateEndpoint = CreateEndpointBody & {
  orgId: string;
  /** A second creation with the same key is refused, since the first one's secret can't be shown again. */
  idempotencyKey: string | null;
};

/**
 * Creates a webhook endpoint. Its signing secret is in the answer and can't be read again. Throws `invalid_request`,
 * `forbidden`, `not_found`, or `conflict` when there are too many or the key was used.
 */
export async function createEndpoint(
  context: OutgoingContext,
  { orgId, idempotencyKey, ...body }: CreateEndpoint,
): Promise<WebhookEndpointWithSecret> {
  const { url: given, description, events } = validate(createEndpointBody, body);
  checkIdempotencyKey(idempotencyKey);
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
            idempotency_key: idempotencyKey,
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
    if (sqlState(error) === '23505')
      throw new AppError(
        'conflict',
        'A webhook was already made with this Idempotency-Key. Its secret was shown then; rotate it if it is lost.',
        { cause: error },
      );
    throw error;
  }
}
