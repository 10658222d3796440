import { Alert, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { TextLink } from '../../../../../components/links.tsx';
import { ListPager } from '../../../../../components/list-pager.tsx';
import { RefreshRegularly } from '../../../../../components/operator/refresh-regularly.tsx';
import { DeliveryList } from '../../../../../components/webhooks/delivery-list.tsx';
import { WebhookActions } from '../../../../../components/webhooks/webhook-actions.tsx';
import { EndpointBadge } from '../../../../../components/webhooks/webhook-badges.tsx';
import classes from '../../../../../components/webhooks/webhooks.module.css';
import type { PageProps, TaskParams } from '../../../../../lib/page-props.ts';
import { requirePermission } from '../../../../../lib/server/organization.ts';
import { loadDeliveries, loadEndpoint } from '../../../../../lib/server/webhooks.ts';

export const metadata: Metadata = { title: 'Webhook' };

const pendingSeconds = 2;

export default async function WebhookPage({ params, searchParams }: PageProps<TaskParams>) {
  const { org: name, id } = await params;
  const query = await searchParams;
  const scope = await requirePermission(name, 'webhooks.manage');
  const endpoint = await loadEndpoint(scope, id);
  const { deliveries, nextCursor } = await loadDeliveries(scope, id, query);
  const org = scope.organization.slug;
  const path = `/${org}/settings/webhooks/${id}`;
  return (
    <Stack gap="md">
      <div>
        <TextLink href={`/${org}/settings/webhooks`} size="sm">
          All webhooks
        </TextLink>
        <Title order={1} className={classes.address ?? ''}>
          {endpoint.url}
        </Title>
        <Text size="sm" c="dimmed" mb="xs">
          {endpoint.description && `${endpoint.description} · `}
          {endpoint.events.join(', ')}
        </Text>
        <EndpointBadge endpoint={endpoint} />
      </div>
      {endpoint.state === 'disabled' && (
        <Alert
          color={endpoint.disabledReason ? 'red' : 'gray'}
          title="This webhook hears of nothing"
        >
          {endpoint.disabledReason ?? 'Somebody here disabled it.'} Enable it when the receiver is
          ready; messages that failed can then be sent again.
        </Alert>
      )}
      <WebhookActions org={org} endpoint={endpoint} />
      <Title order={2}>Messages</Title>
      <DeliveryList path={path} deliveries={deliveries} />
      {deliveries.some(({ state }) => state === 'pending') && (
        <RefreshRegularly seconds={pendingSeconds} />
      )}
      <ListPager
        shown={deliveries.length}
        newerHref={query.before ? path : null}
        olderHref={nextCursor && `${path}?before=${nextCursor}`}
      />
    </Stack>
  );
}
