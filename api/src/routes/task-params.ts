import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { findOrganizationId } from '@devsphere/shared/queries/find-organization-id.ts';
import type { Request, Response } from 'express';
import type { AppDependencies } from '../app.ts';
import { anySession } from '../middleware/authenticate.ts';

/** What the address names as its organisation: an id or a slug. */
export function orgNameOf(request: Request): string {
  return String(request.params.org);
}

/**
 * The organisation of the address, given as id or slug. Throws `not_found` for one that does not exist or the caller
 * does not belong to. An id is not looked up here: row-level security answers for it with the statement itself.
 */
export async function orgIdOf(
  { database }: AppDependencies,
  request: Request,
  response: Response,
): Promise<string> {
  const org = orgNameOf(request);
  if (isId(org)) return org;
  return findOrganizationId(database, anySession(response).actor, org);
}

/** The task of the address. Throws `not_found` when it is not an id at all. */
export function taskIdOf(request: Request): string {
  const id = String(request.params.id);
  if (!isId(id)) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  return id;
}
