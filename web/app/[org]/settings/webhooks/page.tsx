import { maximumEndpointsPerOrganization } from '@devsphere/shared/contracts/http/webhook.ts';
import { Paper, Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHead } from '../../../../components/page-head.tsx';
import { VerifyExample } from '../../../../components/webhooks/verify-example.tsx';
import { WebhookDialog } from '../../../../components/webhooks/webhook-dialog.tsx';
import { WebhookList } from '../../../../components/webhooks/webhook-list.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';
import { loadEndpoints } from '../../../../lib/server/webhooks.ts';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage({ params }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'webhooks.manage');
  const org = scope.organization.slug;
  const endpoints = await loadEndpoints(scope);
  return (
    <Stack gap="md">
      <PageHead title="Webhooks">
        {endpoints.length < maximumEndpointsPerOrganization && (
          <WebhookDialog org={org} endpoint={null} />
        )}
      </PageHead>
      <Text c="dimmed" size="sm">
        A webhook tells a program of yours what happened here, as soon as it did.
      </Text>
      {endpoints.length > 0 ? (
        <WebhookList org={org} endpoints={endpoints} />
      ) : (
        <Paper withBorder p="xl">
          <Text c="dimmed" ta="center">
            Nobody is told of anything yet.
          </Text>
        </Paper>
      )}
      <VerifyExample />
    </Stack>
  );
}
