import { platformStatus } from '../../lib/server/status.ts';

/** The status page for programs. */
export async function GET(): Promise<Response> {
  return Response.json(await platformStatus(), {
    headers: { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' },
  });
}
