import 'server-only';
import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { listNotices } from '@devsphere/shared/queries/list-notices.ts';
import { requireOrganization } from './organization.ts';
import { database } from './services.ts';

export type OrganizationNotices = Awaited<ReturnType<typeof listNotices>>;

/** What broke by itself in an organisation, for those who may mend it; nothing is asked for anybody else. */
export async function loadNotices(slug: string): Promise<OrganizationNotices> {
  const { person, organization } = await requireOrganization(slug);
  if (!roleMay(organization.role, 'webhooks.manage')) return [];
  return listNotices(database(), person, organization.orgId);
}
