import type { Caller } from '../commands/command-context.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { isId, isSlug } from '../ids.ts';
import { noSuchOrganization } from './list-organizations.ts';

/**
 * The organisation a person or a program means by its id or its slug. Throws `not_found` when there is none or it is
 * not theirs, alike.
 */
export async function findOrganizationId(
  database: Database,
  caller: Caller,
  idOrSlug: string,
): Promise<string> {
  if (!isId(idOrSlug) && !isSlug(idOrSlug)) throw noSuchOrganization();
  // Row-level security shows exactly the organisations of whoever asks.
  const organization = await asActor(database, caller, (tx) =>
    tx.db
      .selectFrom('organizations')
      .select('org_id')
      .where(isId(idOrSlug) ? 'org_id' : 'slug', '=', idOrSlug)
      .executeTakeFirst(),
  );
  if (!organization) throw noSuchOrganization();
  return organization.org_id;
}
