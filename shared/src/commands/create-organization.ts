import {
  type CreateOrganizationBody,
  createOrganizationBody,
  type Organization,
} from '../contracts/http/organization.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { findOrganization } from '../queries/list-organizations.ts';
import { validate } from '../validate.ts';
import { audit, type CommandContext, sqlState } from './command-context.ts';

/** `created` is false when the person had made the same one before. */
export type CreatedOrganization = { organization: Organization; created: boolean };

/**
 * Creates an organisation owned by whoever creates it. Its address is the key: the same name and address again answer
 * with the first one. Throws `invalid_request`, or `conflict` for an address that is taken or one organisation too many.
 */
export async function createOrganization(
  context: CommandContext,
  body: CreateOrganizationBody,
): Promise<CreatedOrganization> {
  const { name, slug } = validate(createOrganizationBody, body);
  const { database, actor } = context;
  const orgId = newId();
  try {
    await asActor(database, actor, async (tx) => {
      const { rows } = await tx.query<{ outcome: string }>(
        'select app.create_organization($1, $2, $3) as outcome',
        [orgId, slug, name],
      );
      if (rows[0]?.outcome === 'too_many')
        throw new AppError('conflict', 'You own 50 organisations. Delete one first.');
      if (rows[0]?.outcome !== 'done')
        throw new AppError('forbidden', 'This account can’t create organisations.');
      await audit(tx, context, {
        orgId,
        action: 'organization.created',
        targetId: orgId,
        detail: { name, slug },
      });
    });
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    const existing = await findOrganization(database, actor, slug).catch(() => undefined);
    if (existing?.name === name && existing.role === 'owner')
      return { organization: existing, created: false };
    throw slugTaken(error);
  }
  return { organization: await findOrganization(database, actor, orgId), created: true };
}

/** Addresses are global by nature, so one that is taken can't be hidden. */
export function slugTaken(cause: unknown): AppError {
  return new AppError('conflict', 'slug: This address is taken. Choose another.', {
    cause,
    fields: [{ field: 'slug', message: 'This address is taken. Choose another.' }],
  });
}
