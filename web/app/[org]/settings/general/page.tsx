import { Paper, Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHead } from '../../../../components/page-head.tsx';
import { Fact, FactList } from '../../../../components/settings/fact-list.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function GeneralSettingsPage({ params }: PageProps<OrganizationParams>) {
  const { organization } = await requirePermission((await params).org, 'organization.read');
  return (
    <Stack gap="md">
      <PageHead title="General" />
      <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Organisation">
        <FactList>
          <Fact name="Name">{organization.name}</Fact>
          <Fact name="Address">/{organization.slug}</Fact>
          <Fact name="Your role">{organization.role}</Fact>
        </FactList>
      </Paper>
    </Stack>
  );
}
