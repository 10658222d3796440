import { listExports } from '@devsphere/shared/queries/list-exports.ts';
import { Group, Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHead } from '../../../../components/page-head.tsx';
import { DeleteOrganization } from '../../../../components/settings/delete-organization.tsx';
import { ExportList } from '../../../../components/settings/export-list.tsx';
import { RequestExport } from '../../../../components/settings/request-export.tsx';
import { SettingsCard } from '../../../../components/settings/settings-card.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';
import { database } from '../../../../lib/server/services.ts';

export const metadata: Metadata = { title: 'Data' };

const shownExports = 10;

export default async function DataPage({ params }: PageProps<OrganizationParams>) {
  const { person, organization } = await requirePermission(
    (await params).org,
    'organization.delete',
  );
  const { slug, orgId } = organization;
  const { exports } = await listExports(database(), person, orgId, { limit: shownExports });
  return (
    <Stack gap="md">
      <PageHead title="Data" />
      <SettingsCard
        title="Export"
        text="Everything the organisation owns as a zip of JSON lines, one file for each kind of thing. Secrets are left out. Kept for 7 days."
      >
        <ExportList org={slug} exports={exports} />
        <Group>
          <RequestExport org={slug} />
        </Group>
      </SettingsCard>
      <DeleteOrganization name={organization.name} slug={slug} />
    </Stack>
  );
}
