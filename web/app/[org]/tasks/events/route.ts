import type { OrganizationParams, RouteContext } from '../../../../lib/page-props.ts';
import { proxyEvents } from '../../../../lib/server/event-proxy.ts';

/** Tells when any task of the organisation changes. */
export async function GET(
  request: Request,
  { params }: RouteContext<OrganizationParams>,
): Promise<Response> {
  const { org } = await params;
  return proxyEvents(request, org, (orgId) => `/orgs/${orgId}/events`);
}
