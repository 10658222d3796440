import 'server-only';
import { AppError } from '@devsphere/shared/errors.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import { webEnv } from '../env.ts';
import { findPerson } from './person.ts';
import { database, log } from './services.ts';

const connectMilliseconds = 10_000;

/**
 * Passes a stream of the API on to the browser, as the signed-in person. `pathOf` gets the organisation's id and
 * returns the path below `/v1`. Status 401 or 404 comes through as it is; anything else that is wrong is a 503.
 */
export async function proxyEvents(
  request: Request,
  organizationSlug: string,
  pathOf: (orgId: string) => string,
): Promise<Response> {
  const person = await findPerson();
  if (!person) return refuse(401);
  let orgId: string;
  try {
    ({ orgId } = await findOrganization(database(), person, organizationSlug));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return refuse(404);
    throw error;
  }
  const lastEventId = request.headers.get('last-event-id');
  // The deadline covers connecting only; the stream itself lives as long as the reader stays.
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new Error('the API did not answer')),
    connectMilliseconds,
  );
  try {
    const upstream = await fetch(new URL(`/v1${pathOf(orgId)}`, webEnv().API_URL), {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${person.accessToken}`,
        ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
      },
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, deadline.signal]),
    });
    if (!upstream.ok || !upstream.body) {
      await upstream.body?.cancel();
      return refuse([401, 403, 404].includes(upstream.status) ? upstream.status : 503);
    }
    return new Response(upstream.body, { headers: streamHeaders });
  } catch (error) {
    if (!request.signal.aborted) log().warn({ err: error }, 'event stream not available');
    return refuse(503);
  } finally {
    clearTimeout(timer);
  }
}

const streamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // no-transform: compression would hold events back.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Cache-Control': 'no-store' } });
}
