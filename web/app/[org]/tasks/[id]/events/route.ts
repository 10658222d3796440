import type { RouteContext, TaskParams } from '../../../../../lib/page-props.ts';
import { proxyEvents } from '../../../../../lib/server/event-proxy.ts';

const sequenceNumber = /^\d{1,15}$/;

/** The events of one task after `?after=`, or after the browser's `Last-Event-ID` when it reconnects by itself. */
export async function GET(
  request: Request,
  { params }: RouteContext<TaskParams>,
): Promise<Response> {
  const { org, id } = await params;
  const after = new URL(request.url).searchParams.get('after') ?? '0';
  const from = sequenceNumber.test(after) ? after : '0';
  return proxyEvents(
    request,
    org,
    (orgId) => `/orgs/${orgId}/tasks/${encodeURIComponent(id)}/events?after=${from}`,
  );
}
