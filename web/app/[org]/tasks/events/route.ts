import type { OrganizationParams, RouteContext } from '../../../../lib/page-props.ts';
import { proxyEvents } from '../../../../lib/server/event-proxy.ts';

/** Tells when any task of the organisation changes, or with `?about=organization` when only itself does. */
export async function GET(
  request: Request,
  { params }: RouteContext<OrganizationParams>,
): Promise<Response> {
  const { org } = await params;
  const { searchParams } = new URL(request.url);
  const about = searchParams.get('about') === 'organization' ? '?about=organization' : '';
  return proxyEvents(request, org, (orgId) => `/orgs/${orgId}/events${about}`);
}
