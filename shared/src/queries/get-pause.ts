import type { OrganizationPause } from '../contracts/http/pause.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';

/** Whether an organisation holds its work; not paused for one the actor can't see. */
export async function getPause(
  database: Database,
  actor: Actor,
  orgId: string,
): Promise<OrganizationPause> {
  return asActor(database, actor, (tx) => selectPause(tx, orgId));
}

export async function selectPause(tx: Tx, orgId: string): Promise<OrganizationPause> {
  const row = await tx.db
    .selectFrom('organization_pauses')
    .select(['paused_at', 'paused_by', 'reason'])
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return {
    paused: row !== undefined,
    pausedAt: row?.paused_at.toISOString() ?? null,
    pausedBy: row?.paused_by ?? null,
    reason: row?.reason ?? null,
  };
}
