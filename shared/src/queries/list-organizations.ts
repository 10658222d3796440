import type { Organization } from '../contracts/http/organization.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { isId, isSlug } from '../ids.ts';

/** Organisations a person belongs to, by name; at most 200. */
export async function listOrganizations(
  database: Database,
  person: Actor & { type: 'person' },
): Promise<Organization[]> {
  return asActor(database, person, (tx) =>
    tx.db
      .selectFrom('organizations')
      .innerJoin('memberships', 'memberships.org_id', 'organizations.org_id')
      .select(['organizations.org_id as orgId', 'slug', 'name', 'plan', 'role'])
      .where('memberships.user_id', '=', person.userId)
      .orderBy('name')
      .limit(200)
      .execute(),
  );
}

/**
 * The organisation a person means by its id or its slug. Throws `not_found` when there is none or the person does
 * not belong to it, alike.
 */
export async function findOrganization(
  database: Database,
  person: Actor & { type: 'person' },
  idOrSlug: string,
): Promise<Organization> {
  if (!isId(idOrSlug) && !isSlug(idOrSlug)) throw noSuchOrganization();
  const organization = await asActor(database, person, (tx) =>
    tx.db
      .selectFrom('organizations')
      .innerJoin('memberships', 'memberships.org_id', 'organizations.org_id')
      .select(['organizations.org_id as orgId', 'slug', 'name', 'plan', 'role'])
      .where('memberships.user_id', '=', person.userId)
      .where(isId(idOrSlug) ? 'organizations.org_id' : 'slug', '=', idOrSlug)
      .executeTakeFirst(),
  );
  if (!organization) throw noSuchOrganization();
  return organization;
}

export function noSuchOrganization(): AppError {
  return new AppError('not_found', 'There is no such organisation, or you do not belong to it.');
}
