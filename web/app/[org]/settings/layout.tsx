import { roleMay } from '@devsphere/shared/access/permissions.ts';
import type { ReactNode } from 'react';
import classes from '../../../components/settings/settings.module.css';
import { SettingsLoading } from '../../../components/settings/settings-loading.tsx';
import { SettingsNavigation } from '../../../components/settings/settings-navigation.tsx';
import type { OrganizationParams } from '../../../lib/page-props.ts';
import { requireOrganization } from '../../../lib/server/organization.ts';
import { settingsSections } from '../../../lib/settings-sections.ts';

export default async function SettingsLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<OrganizationParams>;
}) {
  const { organization } = await requireOrganization((await params).org);
  return (
    <div className={classes.frame}>
      <SettingsNavigation
        org={organization.slug}
        sections={settingsSections
          .filter(({ permission }) => roleMay(organization.role, permission))
          .map(({ path, label }) => ({ path, label }))}
      />
      <div className={classes.section}>{children}</div>
      {/* Not a boundary around the section: an answer that has begun can no longer become a 404. */}
      <div className={classes.loading}>
        <SettingsLoading />
      </div>
    </div>
  );
}
