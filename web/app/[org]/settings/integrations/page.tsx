import { Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { AnthropicCard } from '../../../../components/integrations/anthropic-card.tsx';
import { ChatCard } from '../../../../components/integrations/chat-card.tsx';
import { RefreshRegularly } from '../../../../components/operator/refresh-regularly.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { loadIntegrations } from '../../../../lib/server/integrations.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'Integrations' };

const checkingSeconds = 2;

export default async function IntegrationsPage({ params }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'integrations.manage');
  const org = scope.organization.slug;
  const { anthropic, slack, beingChecked } = await loadIntegrations(scope);
  return (
    <Stack gap="md">
      <PageHead title="Integrations" />
      <Text c="dimmed" size="sm">
        What this organisation brings along. Secrets can be replaced here, and never read.
      </Text>
      <AnthropicCard org={org} integration={anthropic} />
      <ChatCard key={slack?.id ?? 'none'} org={org} integration={slack} />
      {beingChecked && <RefreshRegularly seconds={checkingSeconds} />}
    </Stack>
  );
}
