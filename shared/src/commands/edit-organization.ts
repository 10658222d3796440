import {
  type EditOrganizationBody,
  editOrganizationBody,
  type Organization,
} from '../contracts/http/organization.ts';
import { asActor } from '../db/doors.ts';
import { findOrganization } from '../queries/list-organizations.ts';
import { validate } from '../validate.ts';
import { audit, type CommandContext, refusal, sqlState } from './command-context.ts';
import { slugTaken } from './create-organization.ts';

/**
 * Renames an organisation, gives it another address, or both; what is left out stays. Throws `invalid_request`,
 * `not_found`, `forbidden`, or `conflict` for an address that is taken.
 */
export async function editOrganization(
  context: CommandContext,
  { orgId, ...body }: EditOrganizationBody & { orgId: string },
): Promise<Organization> {
  const { name, slug } = validate(editOrganizationBody, body);
  try {
    const found = await asActor(context.database, context.actor, async (tx) => {
      const before = await tx.db
        .selectFrom('organizations')
        .select(['name', 'slug'])
        .where('org_id', '=', orgId)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (!before) return false;
      const after = { name: name ?? before.name, slug: slug ?? before.slug };
      if (after.name === before.name && after.slug === before.slug) return true;
      await tx.db
        .updateTable('organizations')
        .set(after)
        .where('org_id', '=', orgId)
        .executeTakeFirstOrThrow();
      await audit(tx, context, {
        orgId,
        action: 'organization.edited',
        targetId: orgId,
        changes: { before, after },
      });
      return true;
    });
    // The lock needs the right to change: whoever lacks it finds no row.
    if (!found) throw await refusal(context, orgId, 'organization.update', undefined);
  } catch (error) {
    throw sqlState(error) === '23505' ? slugTaken(error) : error;
  }
  return findOrganization(context.database, context.actor, orgId);
}
