import { Paper, Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { ApiKeyList } from '../../../../components/api-keys/api-key-list.tsx';
import { NewApiKey } from '../../../../components/api-keys/new-api-key.tsx';
import { UsingAKey } from '../../../../components/api-keys/using-a-key.tsx';
import { ListPager } from '../../../../components/list-pager.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { loadApiKeys } from '../../../../lib/server/api-keys.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'api_keys.manage');
  const query = await searchParams;
  const org = scope.organization.slug;
  const { apiKeys, nextCursor, apiUrl } = await loadApiKeys(scope, query);
  return (
    <Stack gap="md">
      <PageHead title="API keys">
        <NewApiKey org={org} apiUrl={apiUrl} />
      </PageHead>
      <Text c="dimmed" size="sm">
        A key lets a program act for this organisation. It belongs to the organisation, not to
        whoever made it: it works until it expires, is replaced or is revoked.
      </Text>
      {apiKeys.length > 0 ? (
        <ApiKeyList org={org} apiUrl={apiUrl} apiKeys={apiKeys} />
      ) : (
        <Paper withBorder p="xl">
          <Text c="dimmed" ta="center">
            No program has a key yet. Make one for each program, so that each can be revoked alone.
          </Text>
        </Paper>
      )}
      <ListPager
        shown={apiKeys.length}
        newerHref={query.before ? `/${org}/settings/api-keys` : null}
        olderHref={nextCursor && `/${org}/settings/api-keys?before=${nextCursor}`}
      />
      <UsingAKey org={org} apiUrl={apiUrl} />
    </Stack>
  );
}
