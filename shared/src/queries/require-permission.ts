import { checkPermission } from '../access/check-permission.ts';
import type { Permission } from '../access/permissions.ts';
import type { Organization } from '../contracts/http/organization.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { findOrganization } from './list-organizations.ts';

/**
 * The organisation in which a person has a permission, for reads that would otherwise answer with nothing. Throws
 * `not_found` for a stranger and `forbidden` for a member whose role does not suffice.
 */
export async function requirePermission(
  database: Database,
  person: Actor & { type: 'person' },
  idOrSlug: string,
  permission: Permission,
): Promise<Organization> {
  const organization = await findOrganization(database, person, idOrSlug);
  checkPermission(organization.role, permission);
  return organization;
}
