import type { Selectable } from 'kysely';
import type { WebhookDelivery, WebhookEndpoint } from '../../contracts/http/webhook.ts';
import type { WebhookDeliveries, WebhookEndpoints } from '../../db/schema.generated.ts';

export const endpointColumns = [
  'id',
  'org_id',
  'url',
  'description',
  'events',
  'state',
  'disabled_reason',
  'failures',
  'last_success_at',
  'created_at',
] as const satisfies Array<keyof WebhookEndpoints>;

export type EndpointRow = Pick<Selectable<WebhookEndpoints>, (typeof endpointColumns)[number]>;

export function toEndpoint(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    orgId: row.org_id,
    url: row.url,
    description: row.description,
    events: row.events,
    state: row.state as WebhookEndpoint['state'],
    disabledReason: row.disabled_reason,
    failures: row.failures,
    lastSuccessAt: row.last_success_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

/** Columns of a delivery without what it says. */
export const deliveryColumns = [
  'id',
  'endpoint_id',
  'event',
  'subject_type',
  'subject_id',
  'state',
  'attempts',
  'next_attempt_at',
  'created_at',
  'ended_at',
] as const satisfies Array<keyof WebhookDeliveries>;

type DeliveryRow = Pick<Selectable<WebhookDeliveries>, (typeof deliveryColumns)[number]>;

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    event: row.event,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    state: row.state as WebhookDelivery['state'],
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
