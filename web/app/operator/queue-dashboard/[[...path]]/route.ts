import { headers } from 'next/headers';
import { nonceHeader } from '../../../../lib/request-headers.ts';
import { findOperator } from '../../../../lib/server/operator.ts';
import { queueDashboard } from '../../../../lib/server/queue-dashboard.ts';

/**
 * The raw view of the queue, for looking only: acting there would pass by tasks, reasons and the log, so no other method
 * is answered. Everybody but operators finds nothing.
 */
export async function GET(request: Request): Promise<Response> {
  if (!(await findOperator())) return new Response('Not found', { status: 404 });
  const response = await queueDashboard()(request);
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  // Its scripts know nothing of our content policy: give them the nonce of this answer.
  const nonce = (await headers()).get(nonceHeader) ?? '';
  const page = (await response.text())
    .replaceAll(/<script\b|<link(?= rel="modulepreload")/g, (tag) => `${tag} nonce="${nonce}"`)
    // Its typeface from elsewhere: our pages load nothing from others, and the policy would refuse it.
    .replaceAll(/<link[^>]+href="https:\/\/fonts\.[^>]*>/g, '');
  const kept = new Headers(response.headers);
  kept.delete('content-length');
  return new Response(page, { status: response.status, headers: kept });
}
