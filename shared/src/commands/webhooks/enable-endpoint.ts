import type { WebhookEndpoint } from '../../contracts/http/webhook.ts';
import type { EndpointTarget } from '../../queries/webhooks/get-endpoint.ts';
import type { CommandContext } from '../command-context.ts';
import { changeEndpoint } from './change-endpoint.ts';

/** Lets an endpoint hear of events again and forgets its failures. Throws `not_found`, `forbidden`. */
export async function enableEndpoint(
  context: CommandContext,
  target: EndpointTarget,
): Promise<WebhookEndpoint> {
  return changeEndpoint(context, target, 'webhook.enabled', ({ state }) =>
    state === 'enabled'
      ? null
      : { state: 'enabled', disabled_reason: null, failures: 0, failing_since: null },
  );
}
