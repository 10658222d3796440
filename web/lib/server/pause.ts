import 'server-only';
import type { OrganizationPause } from '@devsphere/shared/contracts/http/pause.ts';
import { getPause } from '@devsphere/shared/queries/get-pause.ts';
import { cache } from 'react';
import { requireOrganization } from './organization.ts';
import { database } from './services.ts';

/** Whether the organisation of a page holds its work. Once per request. */
export const loadPause = cache(async (slug: string): Promise<OrganizationPause> => {
  const { person, organization } = await requireOrganization(slug);
  return getPause(database(), person, organization.orgId);
});
