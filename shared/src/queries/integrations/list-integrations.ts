import { checkPermission } from '../../access/check-permission.ts';
import { type Integration, integrationKinds } from '../../contracts/http/integration.ts';
import type { Actor } from '../../db/actor.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { findOrganization } from '../list-organizations.ts';
import { integrationColumns, toIntegration } from './integration-rows.ts';

/** What an organisation connected, at most one of a kind. Throws `not_found`, `forbidden`. */
export async function listIntegrations(
  database: Database,
  actor: Actor & { type: 'person' },
  org: string,
): Promise<{ integrations: Integration[] }> {
  const { orgId, role } = await findOrganization(database, actor, org);
  checkPermission(role, 'integrations.manage');
  const rows = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('integrations')
      .select([...integrationColumns])
      .where('org_id', '=', orgId)
      .orderBy('kind')
      .limit(integrationKinds.length)
      .execute(),
  );
  return { integrations: rows.map(toIntegration) };
}
