import type { Caller } from '../commands/command-context.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import type { Query } from '../db/query.ts';
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
  const { text, values, of } = organizationIdQuery(idOrSlug);
  const { rows } = await asActor(database, caller, (tx) => tx.query(text, values));
  return of(rows);
}

/** The query of `findOrganizationId`. Throws `not_found` at once for what can be neither an id nor a slug. */
export function organizationIdQuery(idOrSlug: string): Query<string> {
  if (!isId(idOrSlug) && !isSlug(idOrSlug)) throw noSuchOrganization();
  return {
    // Row-level security shows exactly the organisations of whoever asks.
    text: `select org_id from organizations where ${isId(idOrSlug) ? 'org_id' : 'slug'} = $1`,
    values: [idOrSlug],
    of: ([organization]) => {
      if (!organization) throw noSuchOrganization();
      return organization.org_id as string;
    },
  };
}
