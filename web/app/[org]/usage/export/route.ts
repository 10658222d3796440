import { usageExportQuery } from '@devsphere/shared/contracts/http/usage.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { exportUsage, usageExportHeaders } from '@devsphere/shared/queries/export-usage.ts';
import { findOrganizationId } from '@devsphere/shared/queries/find-organization-id.ts';
import { validate } from '@devsphere/shared/validate.ts';
import type { OrganizationParams, RouteContext } from '../../../../lib/page-props.ts';
import { findPerson } from '../../../../lib/server/person.ts';
import { database } from '../../../../lib/server/services.ts';

/** Usage as a file, of the days the page shows; whoever may not read it finds nothing. */
export async function GET(
  request: Request,
  { params }: RouteContext<OrganizationParams>,
): Promise<Response> {
  const { org } = await params;
  const person = await findPerson();
  if (!person) return new Response(null, { status: 401 });
  try {
    const { searchParams } = new URL(request.url);
    const query = validate(usageExportQuery, Object.fromEntries(searchParams));
    const orgId = await findOrganizationId(database(), person, org);
    const file = await exportUsage(database(), person, orgId, query);
    return new Response(file, { headers: usageExportHeaders(org) });
  } catch (error) {
    if (error instanceof AppError && error.status < 500)
      return new Response(error.message, { status: error.status });
    throw error;
  }
}
