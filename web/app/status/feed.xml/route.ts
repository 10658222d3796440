import { webEnv } from '../../../lib/env.ts';
import { platformStatus } from '../../../lib/server/status.ts';
import { incidentFeed } from '../../../lib/status-feed.ts';

/** Incidents for feed readers. */
export async function GET(): Promise<Response> {
  const { openIncidents, pastIncidents, at } = await platformStatus();
  const feed = incidentFeed(webEnv().WEB_URL, [...openIncidents, ...pastIncidents], at);
  return new Response(feed, {
    headers: {
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': 'public, max-age=60',
    },
  });
}
