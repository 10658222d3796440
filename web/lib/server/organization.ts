import 'server-only';
import { type Permission, roleMay } from '@devsphere/shared/access/permissions.ts';
import type { Organization } from '@devsphere/shared/contracts/http/organization.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import {
  findOrganization,
  listOrganizations,
} from '@devsphere/shared/queries/list-organizations.ts';
import { listPeople } from '@devsphere/shared/queries/list-people.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { findOperator } from './operator.ts';
import { requirePerson, type SignedInPerson } from './person.ts';
import { database } from './services.ts';

export type OrganizationScope = { person: SignedInPerson; organization: Organization };

/** The organisation an address names, for the signed-in person; the 404 page when it is not theirs. */
export const requireOrganization = cache(async (slug: string): Promise<OrganizationScope> => {
  const person = await requirePerson();
  try {
    return { person, organization: await findOrganization(database(), person, slug) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

/** The same, for a page that needs a permission: the 404 page when the person's role lacks it. */
export async function requirePermission(
  slug: string,
  permission: Permission,
): Promise<OrganizationScope> {
  const scope = await requireOrganization(slug);
  if (!roleMay(scope.organization.role, permission)) notFound();
  return scope;
}

/** What the frame around every page of an organisation shows. */
export async function loadShell(slug: string) {
  const { person, organization } = await requireOrganization(slug);
  const [organizations, [profile], operator] = await Promise.all([
    listOrganizations(database(), person),
    listPeople(database(), person, [person.userId]),
    findOperator(),
  ]);
  return {
    organization: { slug: organization.slug, name: organization.name, role: organization.role },
    organizations: organizations.map(({ slug, name, role }) => ({ slug, name, role })),
    person: { displayName: profile?.displayName ?? person.email, email: person.email },
    isOperator: operator !== null,
  };
}

export type Shell = Awaited<ReturnType<typeof loadShell>>;
