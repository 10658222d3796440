import {
  type EditEndpointBody,
  editEndpointBody,
  type WebhookEndpoint,
} from '../../contracts/http/webhook.ts';
import { checkOutgoingUrl } from '../../outgoing/check-url.ts';
import type { EndpointTarget } from '../../queries/webhooks/get-endpoint.ts';
import { validate } from '../../validate.ts';
import type { OutgoingContext } from '../outgoing-context.ts';
import { changeEndpoint } from './change-endpoint.ts';

/** Changes where an endpoint is or what it hears of; what the body leaves out stays. Throws `invalid_request`, `not_found`, `forbidden`. */
export async function editEndpoint(
  context: OutgoingContext,
  { orgId, endpointId, ...body }: EndpointTarget & EditEndpointBody,
): Promise<WebhookEndpoint> {
  const { url, description, events } = validate(editEndpointBody, body);
  const change = {
    ...(url === undefined ? {} : { url: checkOutgoingUrl(url, context.outgoing) }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events }),
  };
  return changeEndpoint(context, { orgId, endpointId }, 'webhook.edited', () => change);
}
