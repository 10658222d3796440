import { platformVerdict } from '../../../lib/server/status.ts';
import { escapeXml } from '../../../lib/status-feed.ts';

const fills = { operational: '#1f6b31', trouble: '#8a5300', outage: '#b02525', unknown: '#5c636a' };
const characterWidth = 6.6;
const longestTitle = 60;

/** The verdict as a picture, for other pages. */
export async function GET(): Promise<Response> {
  const { level, title } = await platformVerdict();
  const text = title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
  const width = Math.round(text.length * characterWidth) + 20;
  const label = escapeXml(text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="22" role="img" aria-label="${label}"><title>${label}</title><rect width="${width}" height="22" rx="4" fill="${fills[level]}"/><text x="${width / 2}" y="15" fill="#fff" font-family="system-ui,Verdana,sans-serif" font-size="12" text-anchor="middle" textLength="${width - 20}" lengthAdjust="spacingAndGlyphs">${label}</text></svg>`;
  return new Response(svg, {
    headers: { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': 'no-cache' },
  });
}
