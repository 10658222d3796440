'use server';

import type { OutgoingContext } from '@devsphere/shared/commands/outgoing-context.ts';
import { createEndpoint } from '@devsphere/shared/commands/webhooks/create-endpoint.ts';
import { deleteEndpoint } from '@devsphere/shared/commands/webhooks/delete-endpoint.ts';
import { disableEndpoint } from '@devsphere/shared/commands/webhooks/disable-endpoint.ts';
import { editEndpoint } from '@devsphere/shared/commands/webhooks/edit-endpoint.ts';
import { enableEndpoint } from '@devsphere/shared/commands/webhooks/enable-endpoint.ts';
import { redeliver } from '@devsphere/shared/commands/webhooks/redeliver.ts';
import { rotateSecret } from '@devsphere/shared/commands/webhooks/rotate-secret.ts';
import { sendTest } from '@devsphere/shared/commands/webhooks/send-test.ts';
import type { EditEndpointBody } from '@devsphere/shared/contracts/http/webhook.ts';
import type { OutgoingEvent } from '@devsphere/shared/contracts/outgoing-events.ts';
import type { EndpointTarget } from '@devsphere/shared/queries/webhooks/get-endpoint.ts';
import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { outgoingContext } from '../../../../lib/server/webhooks.ts';
import type { SettingsAnswer } from '../../../../lib/settings-answer.ts';

const org = z.string().max(100);
const target = z.object({ org, endpointId: z.uuid() });
const saving = z.object({
  org,
  /** Null for a new one. */
  endpointId: z.uuid().nullable(),
  url: z.string().max(2_000),
  description: z.string().max(1_000),
  events: z.array(z.string().max(100)).max(30),
  /** So that pressing twice makes one. */
  idempotencyKey: z.string().min(1).max(200),
});

export type WebhookTarget = z.input<typeof target>;
type Refused = Exclude<SettingsAnswer, null>;
/** A signing secret that is shown now and never again (null when there is none to show), or why nothing was done. */
export type SecretAnswer = { secret: string | null } | { refused: Refused };

async function command<T>(
  slug: string,
  run: (context: OutgoingContext, orgId: string) => Promise<T>,
): Promise<{ done: T } | { refused: Refused }> {
  const { person, organization } = await requireOrganization(slug);
  try {
    const done = await run(await outgoingContext(person), organization.orgId);
    refresh();
    return { done };
  } catch (error) {
    const { message, fields } = publicError(error);
    const byField = fields.map(({ field, message: why }) => [field.split('.')[0], why]);
    return { refused: { message, fields: Object.fromEntries(byField) } };
  }
}

async function change(
  untrusted: WebhookTarget,
  run: (context: OutgoingContext, endpoint: EndpointTarget) => Promise<unknown>,
): Promise<SettingsAnswer> {
  const { org: slug, endpointId } = target.parse(untrusted);
  const answer = await command(slug, (context, orgId) => run(context, { orgId, endpointId }));
  return 'done' in answer ? null : answer.refused;
}

/** Creates a webhook, or changes the one it names. */
export async function saveWebhookAction(untrusted: z.input<typeof saving>): Promise<SecretAnswer> {
  const { org: slug, endpointId, events, idempotencyKey, ...rest } = saving.parse(untrusted);
  // The command validates: what is not an event is refused by name.
  const body = { ...rest, events: events as OutgoingEvent[] } satisfies EditEndpointBody;
  const answer = await command(slug, async (context, orgId) => {
    if (!endpointId)
      return (await createEndpoint(context, { ...body, orgId, idempotencyKey })).secret;
    await editEndpoint(context, { ...body, orgId, endpointId });
    return null;
  });
  return 'done' in answer ? { secret: answer.done } : answer;
}

/** Gives a webhook a new signing secret; the old one signs along for a day. */
export async function rotateSecretAction(untrusted: WebhookTarget): Promise<SecretAnswer> {
  const { org: slug, endpointId } = target.parse(untrusted);
  const answer = await command(slug, (context, orgId) =>
    rotateSecret(context, { orgId, endpointId }),
  );
  return 'done' in answer ? { secret: answer.done.secret } : answer;
}

/** Lets a webhook hear of events again. */
export async function enableWebhookAction(webhook: WebhookTarget): Promise<SettingsAnswer> {
  return change(webhook, enableEndpoint);
}

/** Tells a webhook nothing more. */
export async function disableWebhookAction(webhook: WebhookTarget): Promise<SettingsAnswer> {
  return change(webhook, disableEndpoint);
}

/** Sends a webhook one test message. */
export async function testWebhookAction(webhook: WebhookTarget): Promise<SettingsAnswer> {
  return change(webhook, sendTest);
}

/** Deletes a webhook with its log and goes to the list. */
export async function deleteWebhookAction(webhook: WebhookTarget): Promise<SettingsAnswer> {
  const refused = await change(webhook, deleteEndpoint);
  if (!refused) redirect(`/${encodeURIComponent(webhook.org)}/settings/webhooks`);
  return refused;
}

/** Sends a message again under the same id. */
export async function redeliverAction(
  webhook: WebhookTarget,
  delivery: string,
): Promise<SettingsAnswer> {
  const deliveryId = z.uuid().parse(delivery);
  return change(webhook, (context, endpoint) => redeliver(context, { ...endpoint, deliveryId }));
}
