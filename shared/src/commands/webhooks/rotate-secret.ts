import type { WebhookEndpointWithSecret } from '../../contracts/http/webhook.ts';
import type { EndpointTarget } from '../../queries/webhooks/get-endpoint.ts';
import type { OutgoingContext } from '../outgoing-context.ts';
import { changeEndpoint } from './change-endpoint.ts';
import { newSigningSecret } from './signing-secret.ts';

/**
 * Gives an endpoint a new signing secret, shown this once. The one before signs along for a day, so that the receiver
 * can change over without losing a message; any older one ends now. Throws `not_found`, `forbidden`.
 */
export async function rotateSecret(
  context: OutgoingContext,
  target: EndpointTarget,
): Promise<WebhookEndpointWithSecret> {
  const { secret, row } = newSigningSecret(context, target);
  const endpoint = await changeEndpoint(
    context,
    target,
    'webhook.secret_rotated',
    () => ({}),
    async (tx) => {
      await tx.query(
        'delete from webhook_secrets where org_id = $1 and endpoint_id = $2 and expires_at is not null',
        [target.orgId, target.endpointId],
      );
      await tx.query(
        `update webhook_secrets set expires_at = now() + interval '1 day' where org_id = $1 and endpoint_id = $2`,
        [target.orgId, target.endpointId],
      );
      await tx.db.insertInto('webhook_secrets').values(row).execute();
    },
  );
  return { endpoint, secret };
}
