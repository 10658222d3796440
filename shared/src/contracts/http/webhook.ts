import { z } from 'zod';
import { outgoingEventNames } from '../outgoing-events.ts';

export const maximumEndpointsPerOrganization = 20;
export const deliveryStates = ['pending', 'delivered', 'failed'] as const;

const timestamp = z.iso.datetime();
const events = z
  .array(z.enum(outgoingEventNames))
  .min(1, 'Choose at least one event')
  .max(30)
  .transform((chosen) => [...new Set(chosen)]);

export const createEndpointBody = z
  .strictObject({
    url: z
      .string()
      .trim()
      .min(1, 'Give the address to send to')
      .max(1_000)
      .meta({
        description: 'A public https address, without credentials in it.',
        examples: ['https://example.com/hook'],
      }),
    description: z.string().trim().max(120).default(''),
    events,
  })
  .meta({ id: 'CreateWebhookEndpoint' });

export const editEndpointBody = createEndpointBody
  .partial()
  .extend({ description: z.string().trim().max(120).optional() })
  .meta({ id: 'EditWebhookEndpoint' });

export const webhookEndpoint = z
  .object({
    id: z.uuid(),
    orgId: z.uuid(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    state: z.enum(['enabled', 'disabled']),
    disabledReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was disabled by itself; null when a person did it.' }),
    failures: z.int().meta({ description: 'Failed attempts in a row.' }),
    lastSuccessAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'WebhookEndpoint' });

export const webhookEndpointWithSecret = z
  .object({
    endpoint: webhookEndpoint,
    secret: z.string().meta({ description: 'The signing secret. It is shown this once.' }),
  })
  .meta({ id: 'WebhookEndpointWithSecret' });

export const endpointList = z
  .object({ endpoints: z.array(webhookEndpoint) })
  .meta({ id: 'WebhookEndpointList' });

export const webhookDelivery = z
  .object({
    id: z.uuid().meta({ description: 'With `msg_` before it, the header `webhook-id`.' }),
    endpointId: z.uuid(),
    event: z.string(),
    subjectType: z.string(),
    subjectId: z.uuid(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    nextAttemptAt: timestamp.nullable(),
    createdAt: timestamp,
    endedAt: timestamp.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const headers = z.record(z.string(), z.string());

export const webhookDeliveryDetail = webhookDelivery
  .extend({
    payload: z.record(z.string(), z.unknown()),
    log: z
      .array(
        z.object({
          attempt: z.int(),
          at: timestamp,
          tookMs: z.int(),
          requestHeaders: headers,
          status: z.int().nullable(),
          responseHeaders: headers.nullable(),
          responseBody: z.string().nullable(),
          error: z.string().nullable(),
        }),
      )
      .meta({ description: 'The latest 50 attempts, latest first.' }),
  })
  .meta({ id: 'WebhookDeliveryDetail' });

export const listDeliveriesQuery = z.strictObject({
  state: z.enum(deliveryStates).optional(),
  before: z
    .uuid()
    .optional()
    .meta({ description: 'Deliveries older than this id: the `nextCursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export const deliveryPage = z
  .object({ deliveries: z.array(webhookDelivery), nextCursor: z.uuid().nullable() })
  .meta({ id: 'WebhookDeliveryPage' });

export type CreateEndpointBody = z.input<typeof createEndpointBody>;
export type EditEndpointBody = z.input<typeof editEndpointBody>;
export type WebhookEndpoint = z.output<typeof webhookEndpoint>;
export type WebhookEndpointWithSecret = z.output<typeof webhookEndpointWithSecret>;
export type WebhookDelivery = z.output<typeof webhookDelivery>;
export type WebhookDeliveryDetail = z.output<typeof webhookDeliveryDetail>;
export type DeliveryPage = z.output<typeof deliveryPage>;
export type ListDeliveriesQuery = z.output<typeof listDeliveriesQuery>;
