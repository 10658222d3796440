import { roleMay } from '@devsphere/shared/access/permissions.ts';
import type { ReactNode } from 'react';
import classes from '../../../components/settings/settings.module.css';
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
    </div>
  );
}
