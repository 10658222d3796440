import type { AuditEntry, AuditFilters, AuditPage, ExportFormat } from '../contracts/http/audit.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../db/doors.ts';
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
  if (format === 'csv') yield `${columns.join(',')}\r\n`;
  let page = first;
  for (;;) {
    if (page.entries.length > 0)
      yield page.entries.map(format === 'csv' ? csvLine : jsonLine).join('');
    if (!page.nextCursor) return;
    page = await read(page.nextCursor);
  }
}

const jsonLine = (entry: AuditEntry) => `${JSON.stringify(entry)}\n`;

const csvLine = (entry: AuditEntry) =>
  `${columns.map((column) => csvField(entry[column])).join(',')}\r\n`;

/** Quoted, and no spreadsheet takes it for a formula. */
function csvField(value: unknown): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** What a browser is told about the file. */
export function exportHeaders(org: string, format: ExportFormat): Record<string, string> {
  return {
    'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    'Content-Disposition': `attachment; filename="audit-log-${org.replaceAll(/[^a-z0-9-]/g, '')}.${format}"`,
    'Cache-Control': 'private, no-store',
  };
}
