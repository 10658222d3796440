'use server';

import { chooseEvents } from '@devsphere/shared/commands/integrations/choose-events.ts';
import { connectAnthropic } from '@devsphere/shared/commands/integrations/connect-anthropic.ts';
import { connectSlack } from '@devsphere/shared/commands/integrations/connect-slack.ts';
import { disconnectIntegration } from '@devsphere/shared/commands/integrations/disconnect-integration.ts';
import { testIntegration } from '@devsphere/shared/commands/integrations/test-integration.ts';
import type { OutgoingContext } from '@devsphere/shared/commands/outgoing-context.ts';
import { integrationKinds } from '@devsphere/shared/contracts/http/integration.ts';
import type { OutgoingEvent } from '@devsphere/shared/contracts/outgoing-events.ts';
import { refresh } from 'next/cache';
import { z } from 'zod';
import { publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { outgoingContext } from '../../../../lib/server/webhooks.ts';
import type { SettingsAnswer } from '../../../../lib/settings-answer.ts';

const org = z.string().max(100);
const target = z.object({ org, kind: z.enum(integrationKinds) });
const events = z.array(z.string().max(100)).max(30);
const key = z.object({ org, key: z.string().max(2_000) });
/** Without an address, only the events change. */
const chat = z.object({ org, url: z.string().max(2_000).nullable(), events });

export type IntegrationTarget = z.input<typeof target>;

async function command(
  slug: string,
  run: (context: OutgoingContext, orgId: string) => Promise<unknown>,
): Promise<SettingsAnswer> {
  const { person, organization } = await requireOrganization(slug);
  try {
    await run(await outgoingContext(person), organization.orgId);
    refresh();
    return null;
  } catch (error) {
    const { message, fields } = publicError(error);
    const byField = fields.map(({ field, message: why }) => [field.split('.')[0], why]);
    return { message, fields: Object.fromEntries(byField) };
  }
}

/** Connects the organisation's own Anthropic key, in the place of the one before. */
export async function connectAnthropicAction(
  untrusted: z.input<typeof key>,
): Promise<SettingsAnswer> {
  const { org: slug, ...body } = key.parse(untrusted);
  return command(slug, (context, orgId) => connectAnthropic(context, { ...body, orgId }));
}

/** Connects a chat, or changes what it is told of. */
export async function saveChatAction(untrusted: z.input<typeof chat>): Promise<SettingsAnswer> {
  const parsed = chat.parse(untrusted);
  // The command validates: what is not an event is refused by name.
  const chosen = parsed.events as OutgoingEvent[];
  return command(parsed.org, (context, orgId) =>
    parsed.url === null
      ? chooseEvents(context, { orgId, events: chosen })
      : connectSlack(context, { orgId, url: parsed.url, events: chosen }),
  );
}

/** Lets a worker look whether an integration works. */
export async function testIntegrationAction(untrusted: IntegrationTarget): Promise<SettingsAnswer> {
  const { org: slug, kind } = target.parse(untrusted);
  return command(slug, (context, orgId) => testIntegration(context, { orgId, kind }));
}

/** Disconnects an integration and deletes its secret. */
export async function disconnectIntegrationAction(
  untrusted: IntegrationTarget,
): Promise<SettingsAnswer> {
  const { org: slug, kind } = target.parse(untrusted);
  return command(slug, (context, orgId) => disconnectIntegration(context, { orgId, kind }));
}
