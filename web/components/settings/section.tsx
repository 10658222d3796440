import type { Permission } from '@devsphere/shared/access/permissions.ts';
import type { ReactNode } from 'react';
import type { OrganizationParams } from '../../lib/page-props.ts';
import { requirePermission } from '../../lib/server/organization.ts';

export type SectionProps = { children: ReactNode; params: Promise<OrganizationParams> };

/**
 * A section that shows a skeleton while it loads. It stands above the skeleton, so that whoever may not see the section is
 * answered with a 404 before anything is sent; below, the status would be sent already.
 */
export async function Section({
  children,
  params,
  permission,
}: SectionProps & { permission: Permission }) {
  await requirePermission((await params).org, permission);
  return children;
}
