import { Group, Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { CopyableCode } from '../../../../../../components/api-keys/copyable-code.tsx';
import { TextLink } from '../../../../../../components/links.tsx';
import { RefreshRegularly } from '../../../../../../components/operator/refresh-regularly.tsx';
import { PageHead } from '../../../../../../components/page-head.tsx';
import { SettingsCard } from '../../../../../../components/settings/settings-card.tsx';
import { TimeAgo } from '../../../../../../components/time-ago.tsx';
import { AttemptCard } from '../../../../../../components/webhooks/attempt-card.tsx';
import { RedeliverButton } from '../../../../../../components/webhooks/redeliver-button.tsx';
import { DeliveryBadge } from '../../../../../../components/webhooks/webhook-badges.tsx';
import type { PageProps, TaskParams } from '../../../../../../lib/page-props.ts';
import { requirePermission } from '../../../../../../lib/server/organization.ts';
import { loadDelivery } from '../../../../../../lib/server/webhooks.ts';

export const metadata: Metadata = { title: 'Webhook message' };

const pendingSeconds = 2;

export default async function DeliveryPage({
  params,
}: PageProps<TaskParams & { delivery: string }>) {
  const { org: name, id, delivery: deliveryId } = await params;
  const scope = await requirePermission(name, 'webhooks.manage');
  const delivery = await loadDelivery(scope, id, deliveryId);
  const org = scope.organization.slug;
  return (
    <Stack gap="md">
      <TextLink href={`/${org}/settings/webhooks/${id}`} size="sm">
        The webhook
      </TextLink>
      <PageHead title={delivery.event}>
        {delivery.state !== 'pending' && (
          <RedeliverButton org={org} endpointId={id} deliveryId={deliveryId} />
        )}
      </PageHead>
      <Group gap="sm">
        <DeliveryBadge delivery={delivery} />
        <Text size="sm" c="dimmed">
          <TimeAgo at={delivery.createdAt} />
        </Text>
        {delivery.subjectType === 'task' && (
          <TextLink href={`/${org}/tasks/${delivery.subjectId}`} size="sm">
            The task
          </TextLink>
        )}
      </Group>
      {delivery.state === 'pending' && <RefreshRegularly seconds={pendingSeconds} />}
      <SettingsCard title="Message" text={`webhook-id: msg_${delivery.id}`}>
        <CopyableCode label="Body" text={JSON.stringify(delivery.payload, null, 2)} />
      </SettingsCard>
      {delivery.log.map((attempt) => (
        <AttemptCard key={attempt.attempt} attempt={attempt} />
      ))}
    </Stack>
  );
}
