import type { AuditEntry, AuditFilters, AuditPage, ExportFormat } from '../contracts/http/audit.ts';
import { csvLine } from '../csv.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { listAudit } from './list-audit.ts';

const pageSize = 100;

const columns = [
  'at',
  'actorType',
  'actorId',
  'actorName',
  'action',
  'targetType',
  'targetId',
  'address',
  'userAgent',
  'requestId',
  'detail',
  'before',
  'after',
  'id',
] as const satisfies Array<keyof AuditEntry>;

/**
 * The audit log as a file, newest first: page by page, so that its size costs no memory, and asked again for each page,
 * so that it ends when the right to read it does. The first page is read before this resolves: a refusal throws here.
 */
export async function exportAudit(
  database: Database,
  actor: Actor & { type: 'person' },
  org: string,
  { format, ...filters }: AuditFilters & { format: ExportFormat },
): Promise<AsyncGenerator<string>> {
  const read = (before: string | null) =>
    listAudit(database, actor, org, {
      ...filters,
      limit: pageSize,
      ...(before ? { before } : {}),
    });
  return lines(format, await read(null), read);
}

async function* lines(
  format: ExportFormat,
  first: AuditPage,
  read: (before: string) => Promise<AuditPage>,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine([...columns]);
  let page = first;
  for (;;) {
    if (page.entries.length > 0)
      yield page.entries.map(format === 'csv' ? csvEntry : jsonLine).join('');
    if (!page.nextCursor) return;
    page = await read(page.nextCursor);
  }
}

const jsonLine = (entry: AuditEntry) => `${JSON.stringify(entry)}\n`;

const csvEntry = (entry: AuditEntry) => csvLine(columns.map((column) => entry[column]));

/** What a browser is told about the file. */
export function exportHeaders(org: string, format: ExportFormat): Record<string, string> {
  return {
    'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    'Content-Disposition': `attachment; filename="audit-log-${org.replaceAll(/[^a-z0-9-]/g, '')}.${format}"`,
    'Cache-Control': 'private, no-store',
  };
}
