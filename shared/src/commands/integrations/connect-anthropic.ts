import {
  type ConnectAnthropicBody,
  connectAnthropicBody,
  type Integration,
} from '../../contracts/http/integration.ts';
import { validate } from '../../validate.ts';
import type { OutgoingContext } from '../outgoing-context.ts';
import { connectIntegration } from './connect-integration.ts';

/** Lets the organisation's own Anthropic key pay for its Claude calls. Throws `invalid_request`, `forbidden`, `not_found`. */
export async function connectAnthropic(
  context: OutgoingContext,
  { orgId, ...body }: ConnectAnthropicBody & { orgId: string },
): Promise<Integration> {
  const { key } = validate(connectAnthropicBody, body);
  return connectIntegration(context, {
    orgId,
    kind: 'anthropic',
    secret: key,
    hint: `…${key.slice(-4)}`,
    events: [],
  });
}
