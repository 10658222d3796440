import {
  type ExportPage,
  exportStates,
  type ListExportsQuery,
  type OrganizationExport,
} from '../contracts/http/export.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { isId } from '../ids.ts';

/** One page of an organisation's exports, newest first; empty for who may not export. */
export async function listExports(
  database: Database,
  actor: Actor,
  orgId: string,
  { before, limit }: ListExportsQuery,
): Promise<ExportPage> {
  const rows = await asActor(database, actor, (tx) => {
    const select = selectExports(tx, orgId)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    return (before ? select.where('id', '<', before) : select).execute();
  });
  const page = rows.slice(0, limit);
  return {
    exports: page.map(toExport),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** One export. Throws `not_found` when there is none or the actor may not export, alike. */
export async function getExport(
  database: Database,
  actor: Actor,
  orgId: string,
  id: string,
): Promise<OrganizationExport> {
  const row = isId(id)
    ? await asActor(database, actor, (tx) =>
        selectExports(tx, orgId).where('id', '=', id).executeTakeFirst(),
      )
    : undefined;
  if (!row) throw new AppError('not_found', 'There is no such export, or you may not see it.');
  return toExport(row);
}

function selectExports(tx: Tx, orgId: string) {
  return tx.db.selectFrom('exports').selectAll().where('org_id', '=', orgId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectExports>['execute']>>[number];

function toExport(row: Row): OrganizationExport {
  const isOver = row.expires_at !== null && row.expires_at.getTime() <= Date.now();
  const state = exportStates.find((known) => known === row.state) ?? 'failed';
  return {
    id: row.id,
    state: state === 'ready' && isOver ? 'expired' : state,
    requestedBy: row.requested_by,
    bytes: row.bytes,
    rows: row.row_count,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
