import {
  type ConnectSlackBody,
  connectSlackBody,
  type Integration,
} from '../../contracts/http/integration.ts';
import { checkOutgoingUrl } from '../../outgoing/check-url.ts';
import { validate } from '../../validate.ts';
import type { OutgoingContext } from '../outgoing-context.ts';
import { connectIntegration } from './connect-integration.ts';

/** Tells a chat of chosen events, through an incoming webhook as Slack has them. Throws `invalid_request`, `forbidden`, `not_found`. */
export async function connectSlack(
  context: OutgoingContext,
  { orgId, ...body }: ConnectSlackBody & { orgId: string },
): Promise<Integration> {
  const { url: given, events } = validate(connectSlackBody, body);
  // Whoever has the address can write there, so it is a secret; its host says whose it is.
  const url = checkOutgoingUrl(given, context.outgoing);
  const hint = `${new URL(url).hostname.slice(0, 100)} …${url.slice(-4)}`;
  return connectIntegration(context, { orgId, kind: 'slack', secret: url, hint, events });
}
