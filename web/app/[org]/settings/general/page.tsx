import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHead } from '../../../../components/page-head.tsx';
import { Fact, FactList } from '../../../../components/settings/fact-list.tsx';
import {
  EditOrganization,
  LeaveOrganization,
} from '../../../../components/settings/general-settings.tsx';
import { PauseOrganization } from '../../../../components/settings/pause-organization.tsx';
import { SettingsCard } from '../../../../components/settings/settings-card.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';
import { loadPause } from '../../../../lib/server/pause.ts';

export const metadata: Metadata = { title: 'General settings' };

export default async function GeneralSettingsPage({ params }: PageProps<OrganizationParams>) {
  const { org } = await params;
  const { organization } = await requirePermission(org, 'organization.read');
  const pause = await loadPause(org);
  const { name, slug, role } = organization;
  return (
    <Stack gap="md">
      <PageHead title="General" />
      <SettingsCard title="Organisation">
        {roleMay(role, 'organization.update') ? (
          <EditOrganization name={name} slug={slug} />
        ) : (
          <FactList>
            <Fact name="Name">{name}</Fact>
            <Fact name="Address">/{slug}</Fact>
            <Fact name="Your role">{role}</Fact>
          </FactList>
        )}
      </SettingsCard>
      {roleMay(role, 'organization.pause') && (
        <PauseOrganization slug={slug} paused={pause.paused} />
      )}
      <LeaveOrganization name={name} slug={slug} />
    </Stack>
  );
}
