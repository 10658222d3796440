import 'server-only';
import { AppError } from '@devsphere/shared/errors.ts';
import { listOrganizations } from '@devsphere/shared/queries/list-organizations.ts';
import { cookies } from 'next/headers';
import { lastOrganizationCookie } from '../request-headers.ts';
import type { SignedInPerson } from './person.ts';
import { database } from './services.ts';

/** Where a person starts: the organisation last looked at if they still belong to it, else their first. */
export async function homePath(person: SignedInPerson): Promise<string> {
  const organizations = await listOrganizations(database(), person);
  const lastSlug = (await cookies()).get(lastOrganizationCookie)?.value;
  const organization = organizations.find(({ slug }) => slug === lastSlug) ?? organizations[0];
  if (!organization) {
    throw new AppError(
      'not_found',
      'You do not belong to any organisation. Ask to be invited to one.',
    );
  }
  return `/${organization.slug}/tasks`;
}
