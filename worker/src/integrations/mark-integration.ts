import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import type { OpenIntegration } from './read-integration.ts';

/**
 * Records whether an integration works, with the reason when it does not, and in the audit log when it breaks. One whose
 * secret was replaced meanwhile is left alone.
 */
export async function markIntegration(
  database: Database,
  { orgId, id, kind, version }: OpenIntegration,
  broken: string | null,
): Promise<void> {
  await asActor(database, { type: 'outgoing', orgId }, async (tx) => {
    const { rows } = await tx.query<{ before: string }>(
      `update integrations i set state = $3, state_reason = $4, checked_at = now()
       from (select org_id, id, state from integrations where org_id = $1 and id = $2 for update) old
       where i.org_id = old.org_id and i.id = old.id and i.ciphertext = $5
       returning old.state as before`,
      [orgId, id, broken ? 'broken' : 'working', broken, Buffer.from(version, 'base64')],
    );
    if (!broken || !rows[0] || rows[0].before === 'broken') return;
    await tx.query(
      `insert into audit_entries (org_id, id, actor_type, action, target_type, target_id, detail)
       values ($1, $2, 'system', 'integration.broke', 'integration', $3, $4)`,
      [orgId, newId(), id, JSON.stringify({ kind, reason: broken })],
    );
  });
}
