import { checkPermission } from '../access/check-permission.ts';
import type { AuditEntry, AuditPage, ListAuditQuery } from '../contracts/http/audit.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { firstIdAt } from '../ids.ts';
import { findOrganization } from './list-organizations.ts';

/**
 * One page of an organisation's audit log, newest first. Ids are time-ordered: they are the cursor, and bound the time,
 * so that every filter reads an index. Throws `not_found`, or `forbidden` for a member who may not read it.
 */
export async function listAudit(
  database: Database,
  actor: Actor & { type: 'person' },
  org: string,
  query: ListAuditQuery,
): Promise<AuditPage> {
  const { orgId, role } = await findOrganization(database, actor, org);
  checkPermission(role, 'audit.read');
  const rows = await asActor(database, actor, (tx) => {
    let select = tx.db
      .selectFrom('audit_entries as e')
      .leftJoin('profiles as p', (on) =>
        on.onRef('p.user_id', '=', 'e.actor_id').on('e.actor_type', '=', 'person'),
      )
      .leftJoin('api_keys as k', (on) =>
        on
          .onRef('k.org_id', '=', 'e.org_id')
          .onRef('k.id', '=', 'e.actor_id')
          .on('e.actor_type', '=', 'api_key'),
      )
      .select((eb) => [
        'e.id',
        'e.created_at',
        'e.actor_type',
        'e.actor_id',
        'p.display_name',
        'k.name as key_name',
        'e.action',
        'e.target_type',
        'e.target_id',
        'e.detail',
        'e.before',
        'e.after',
        eb.fn<string | null>('host', ['e.address']).as('address'),
        'e.user_agent',
        'e.request_id',
      ])
      .where('e.org_id', '=', orgId)
      .orderBy('e.id', 'desc')
      .limit(query.limit + 1);
    if (query.actor) select = select.where('e.actor_id', '=', query.actor);
    if (query.action) select = select.where('e.action', '=', query.action);
    if (query.targetType) select = select.where('e.target_type', '=', query.targetType);
    if (query.target) select = select.where('e.target_id', '=', query.target);
    if (query.from) select = select.where('e.id', '>=', firstIdAt(new Date(query.from)));
    if (query.to) select = select.where('e.id', '<', firstIdAt(new Date(query.to)));
    if (query.before) select = select.where('e.id', '<', query.before);
    return select.execute();
  });
  const entries = rows.slice(0, query.limit).map(
    (row): AuditEntry => ({
      id: row.id,
      at: row.created_at.toISOString(),
      actorType: row.actor_type as AuditEntry['actorType'],
      actorId: row.actor_id,
      actorName: row.display_name ?? row.key_name,
      action: row.action,
      targetType: row.target_type,
      targetId: row.target_id,
      detail: row.detail as AuditEntry['detail'],
      before: row.before as AuditEntry['before'],
      after: row.after as AuditEntry['after'],
      address: row.address,
      userAgent: row.user_agent,
      requestId: row.request_id,
    }),
  );
  return {
    entries,
    nextCursor: rows.length > query.limit ? (entries.at(-1)?.id ?? null) : null,
  };
}
