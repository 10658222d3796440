import { secrets } from './secrets.ts';

export const canaries = /canary-[0-9a-f]{32}/g;
const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What tells of an organisation: its canary, the ids of its rows; each once. */
export const tracesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(canaries), ...text.matchAll(ids)].map(([mark]) => mark)),
];

/** Traces of organisations, and secrets. */
export const marksIn = (text: string): string[] => [
  ...tracesIn(text),
  ...[...text.matchAll(secrets)].map(([secret]) => secret),
];
