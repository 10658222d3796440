import 'server-only';
import { listOrganizations } from '@devsphere/shared/queries/list-organizations.ts';
import { cookies } from 'next/headers';
import { lastOrganizationCookie } from '../request-headers.ts';
import type { SignedInPerson } from './person.ts';
import { database } from './services.ts';

/** Where a person starts: the organisation last looked at if they still belong to it, else their first, else a form to make one. */
export async function homePath(person: SignedInPerson): Promise<string> {
  const organizations = await listOrganizations(database(), person);
  const lastSlug = (await cookies()).get(lastOrganizationCookie)?.value;
  const organization = organizations.find(({ slug }) => slug === lastSlug) ?? organizations[0];
  if (!organization) return '/new';
  return `/${organization.slug}/tasks`;
}
