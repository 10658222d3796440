import type { ReactNode } from 'react';
import { Shell } from '../../components/shell.tsx';
import type { OrganizationParams } from '../../lib/page-props.ts';
import { loadShell } from '../../lib/server/organization.ts';

export default async function OrganizationLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<OrganizationParams>;
}) {
  return <Shell shell={await loadShell((await params).org)}>{children}</Shell>;
}
