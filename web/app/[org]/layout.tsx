import type { ReactNode } from 'react';
import { Notices } from '../../components/notices/notices.tsx';
import { Shell } from '../../components/shell.tsx';
import type { OrganizationParams } from '../../lib/page-props.ts';
import { loadNotices } from '../../lib/server/notices.ts';
import { loadShell } from '../../lib/server/organization.ts';

export default async function OrganizationLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<OrganizationParams>;
}) {
  const { org } = await params;
  const [shell, notices] = await Promise.all([loadShell(org), loadNotices(org)]);
  return (
    <Shell shell={shell}>
      <Notices org={shell.organization.slug} notices={notices} />
      {children}
    </Shell>
  );
}
