import { Readable } from 'node:stream';
import { exportFormats } from '@devsphere/shared/contracts/http/audit.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { exportAudit, exportHeaders } from '@devsphere/shared/queries/export-audit.ts';
import type { OrganizationParams, RouteContext } from '../../../../../lib/page-props.ts';
import { readAuditFilters, toAuditFilters } from '../../../../../lib/server/audit.ts';
import { findPerson } from '../../../../../lib/server/person.ts';
import { database } from '../../../../../lib/server/services.ts';

/** The audit log as a file, with the filters of the page; whoever may not read it finds nothing. */
export async function GET(
  request: Request,
  { params }: RouteContext<OrganizationParams>,
): Promise<Response> {
  const { org } = await params;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const format = exportFormats.find((known) => known === query.format) ?? 'csv';
  const person = await findPerson();
  if (!person) return new Response(null, { status: 401 });
  try {
    const filters = toAuditFilters(readAuditFilters(query));
    const lines = await exportAudit(database(), person, org, { ...filters, format });
    const bytes = Readable.toWeb(Readable.from(lines, { objectMode: false }));
    return new Response(bytes as ReadableStream<Uint8Array>, {
      headers: exportHeaders(org, format),
    });
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return new Response(null, { status: 404 });
    throw error;
  }
}
