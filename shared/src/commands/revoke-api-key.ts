import { sql } from 'kysely';
import type { ApiKeySummary } from '../contracts/http/api-key.ts';
import { asActor } from '../db/doors.ts';
import { type ApiKeyTarget, getApiKey, selectApiKey } from '../queries/get-api-key.ts';
import { requirePermission } from '../queries/require-permission.ts';
import { audit, type CommandContext } from './command-context.ts';

/**
 * Ends an API key at once: its next request is refused, its open streams end within seconds. Revoking a revoked one
 * changes nothing. Throws `not_found`, `forbidden`.
 */
export async function revokeApiKey(
  context: CommandContext,
  target: ApiKeyTarget,
): Promise<ApiKeySummary> {
  const { orgId, apiKeyId } = target;
  await requirePermission(context.database, context.actor, orgId, 'api_keys.manage');
  const revoked = await asActor(context.database, context.actor, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('api_keys')
      .set({ revoked_at: sql<Date>`now()`, revoked_by: context.actor.userId })
      .where('org_id', '=', orgId)
      .where('id', '=', apiKeyId)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return undefined;
    await audit(tx, context, { orgId, action: 'api_key.revoked', targetId: apiKeyId });
    // Its open event streams look again at once.
    tx.announceAfterCommit('access', orgId);
    return selectApiKey(tx, target);
  });
  return revoked ?? getApiKey(context.database, context.actor, target);
}
