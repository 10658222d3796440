import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHead } from '../../../../components/page-head.tsx';
import { DeleteOrganization } from '../../../../components/settings/delete-organization.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'Data' };

export default async function DataPage({ params }: PageProps<OrganizationParams>) {
  const { organization } = await requirePermission((await params).org, 'organization.delete');
  return (
    <Stack gap="md">
      <PageHead title="Data" />
      <DeleteOrganization name={organization.name} slug={organization.slug} />
    </Stack>
  );
}
