import type { WebhookDelivery, WebhookEndpoint } from '@devsphere/shared/contracts/http/webhook.ts';
import { Badge } from '@mantine/core';

/** Whether a webhook hears of events. */
export function EndpointBadge({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.state === 'disabled')
    return (
      <Badge variant="light" color={endpoint.disabledReason ? 'red' : 'gray'}>
        Disabled
      </Badge>
    );
  return endpoint.failures > 0 ? (
    <Badge variant="light" color="orange">
      Failing
    </Badge>
  ) : (
    <Badge variant="light" color="green">
      Enabled
    </Badge>
  );
}

const states = {
  delivered: ['Delivered', 'green'],
  failed: ['Failed', 'red'],
  pending: ['On its way', 'gray'],
} as const;

/** How a message fares. */
export function DeliveryBadge({ delivery }: { delivery: WebhookDelivery }) {
  const [label, color] =
    delivery.state === 'pending' && delivery.attempts > 0
      ? (['Tried again', 'orange'] as const)
      : states[delivery.state];
  return (
    <Badge variant="light" color={color}>
      {label}
    </Badge>
  );
}
