import type { IncidentReport } from '@devsphere/shared/contracts/status.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as XML may carry it. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
}

/** Incidents as an Atom feed (RFC 4287), each entry renewed by its latest update. */
export function incidentFeed(base: string, incidents: IncidentReport[], at: string): string {
  const entries = incidents.map(({ id, title, startedAt, updates }) => {
    const text = updates.map(({ state, body, at: told }) => `${told} ${state}: ${body}`).join('\n');
    return `  <entry>
    <id>urn:uuid:${id}</id>
    <title>${escapeXml(title)}</title>
    <link href="${escapeXml(`${base}/status#${id}`)}"/>
    <published>${startedAt}</published>
    <updated>${updates[0]?.at ?? startedAt}</updated>
    <content type="text">${escapeXml(text)}</content>
  </entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escapeXml(`${base}/status`)}</id>
  <title>DevSphere OS incidents</title>
  <author><name>DevSphere OS</name></author>
  <link rel="self" href="${escapeXml(`${base}/status/feed.xml`)}"/>
  <link href="${escapeXml(`${base}/status`)}"/>
  <updated>${incidents[0]?.updates[0]?.at ?? at}</updated>
${entries.join('\n')}
</feed>
`;
}
