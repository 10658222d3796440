import type { Caller } from '../commands/command-context.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { isId } from '../ids.ts';

/**
 * The organisation a person or a program means by its id or its slug. Throws `not_found` when there is none or it is
 * not theirs, alike.
 */
export async function findOrganizationId(
  database: Database,
  caller: Caller,
  idOrSlug: string,
): Promise<string> {
  // Row-level security shows exactly the organisations of whoever asks.
  const organization = await asActor(database, caller, (tx) =>
    tx.db
      .selectFrom('organizations')
      .select('org_id')
      .where(isId(idOrSlug) ? 'org_id' : 'slug', '=', idOrSlug)
      .executeTakeFirst(),
  );
  if (!organization)
    throw new AppError('not_found', 'There is no such organisation, or you do not belong to it.');
  return organization.org_id;
}
