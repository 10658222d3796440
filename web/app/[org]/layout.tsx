import { roleMay } from '@devsphere/shared/access/permissions.ts';
import type { ReactNode } from 'react';
import { LiveOrganization } from '../../components/live-organization.tsx';
import { Notices } from '../../components/notices/notices.tsx';
import { PausedNotice } from '../../components/notices/paused-notice.tsx';
import { Shell } from '../../components/shell.tsx';
import type { OrganizationParams } from '../../lib/page-props.ts';
import { loadNotices } from '../../lib/server/notices.ts';
import { loadShell } from '../../lib/server/organization.ts';
import { loadPause } from '../../lib/server/pause.ts';

export default async function OrganizationLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<OrganizationParams>;
}) {
  const { org } = await params;
  const [shell, notices, pause] = await Promise.all([
    loadShell(org),
    loadNotices(org),
    loadPause(org),
  ]);
  return (
    <Shell shell={shell}>
      <LiveOrganization org={shell.organization.slug} />
      <PausedNotice
        org={shell.organization.slug}
        pause={pause}
        mayResume={roleMay(shell.organization.role, 'organization.pause')}
      />
      <Notices org={shell.organization.slug} notices={notices} />
      {children}
    </Shell>
  );
}
