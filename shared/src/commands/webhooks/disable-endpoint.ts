import type { WebhookEndpoint } from '../../contracts/http/webhook.ts';
import type { EndpointTarget } from '../../queries/webhooks/get-endpoint.ts';
import type { CommandContext } from '../command-context.ts';
import { changeEndpoint } from './change-endpoint.ts';

/** Tells an endpoint nothing more until it is enabled; messages on their way fail. Throws `not_found`, `forbidden`. */
export async function disableEndpoint(
  context: CommandContext,
  target: EndpointTarget,
): Promise<WebhookEndpoint> {
  return changeEndpoint(context, target, 'webhook.disabled', ({ state }) =>
    state === 'disabled' ? null : { state: 'disabled', disabled_reason: null },
  );
}
