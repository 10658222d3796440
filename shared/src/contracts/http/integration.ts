import { z } from 'zod';
import { outgoingEventNames } from '../outgoing-events.ts';

/** What an organisation can connect. */
export const integrationKinds = ['anthropic', 'slack'] as const;
export const integrationStates = ['checking', 'working', 'broken'] as const;

const timestamp = z.iso.datetime();

export const integration = z
  .object({
    id: z.uuid(),
    orgId: z.uuid(),
    kind: z.enum(integrationKinds),
    state: z.enum(integrationStates),
    stateReason: z.string().nullable().meta({ description: 'Why it is broken.' }),
    hint: z.string().meta({ description: 'What the secret is recognised by; never the secret.' }),
    events: z.array(z.string()).meta({ description: 'What a chat is told of.' }),
    connectedBy: z.uuid(),
    checkedAt: timestamp.nullable(),
    updatedAt: timestamp,
  })
  .meta({ id: 'Integration' });

export const integrationList = z
  .object({ integrations: z.array(integration) })
  .meta({ id: 'IntegrationList' });

export const connectAnthropicBody = z
  .strictObject({
    key: z
      .string()
      .trim()
      .min(20, 'This is too short for an Anthropic key')
      .max(500, 'This is too long for an Anthropic key')
      .regex(/^[\x21-\x7e]+$/, 'An Anthropic key has no spaces'),
  })
  .meta({ id: 'ConnectAnthropic' });

const events = z
  .array(z.enum(outgoingEventNames))
  .min(1, 'Choose at least one event')
  .max(30)
  .transform((chosen) => [...new Set(chosen)]);

export const connectSlackBody = z
  .strictObject({
    url: z
      .string()
      .trim()
      .min(1, 'Give the address of the incoming webhook')
      .max(1_000)
      .meta({
        description: 'Address of an incoming webhook as Slack gives them.',
        examples: ['https://hooks.slack.com/services/T0/B0/x'],
      }),
    events,
  })
  .meta({ id: 'ConnectSlack' });

export const chooseEventsBody = z.strictObject({ events }).meta({ id: 'ChooseEvents' });

export type Integration = z.output<typeof integration>;
export type IntegrationKind = Integration['kind'];
export type ConnectAnthropicBody = z.input<typeof connectAnthropicBody>;
export type ConnectSlackBody = z.input<typeof connectSlackBody>;
export type ChooseEventsBody = z.input<typeof chooseEventsBody>;
