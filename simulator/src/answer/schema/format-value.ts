import { factsOf } from '../text/facts.ts';
import type { Place } from './place.ts';
import type { Source } from './source.ts';

export interface Formatted {
  readonly value: string;
  /** False when the input had no such thing and the value is a placeholder. */
  readonly isFound: boolean;
}

/** A string in one of JSON Schema's formats, taken from the input where it has one. */
export function formatValue(
  format: string,
  source: Source,
  place: Place,
  known: string | undefined,
): Formatted {
  const hint = known ?? labelledNear(place.name, source);
  const own = hint === undefined ? undefined : factsOf(hint);
  const { facts } = source;
  const isLater = /\b(?:due|end|until|expiry|expires|to|deadline|delivery)\b/.test(place.name);
  const dateAt = place.index + (isLater && facts.dates.length > 1 ? 1 : 0);
  const date = own?.dates[0] ?? facts.dates[dateAt] ?? facts.dates[0];
  switch (format) {
    case 'email':
      return pick(own?.emails[0] ?? facts.emails[place.index], 'unknown@example.com');
    case 'uri':
    case 'url':
    case 'uri-reference':
      return pick(own?.urls[0] ?? facts.urls[place.index], 'https://example.com/');
    case 'date':
      return pick(date, '2026-01-01');
    case 'date-time':
      return pick(date && `${date}T${timeIn(hint ?? source.text)}Z`, '2026-01-01T00:00:00Z');
    // Without an offset: zod and pydantic both refuse or mistrust one here.
    case 'time':
      return {
        value: timeIn(hint ?? source.text),
        isFound: /\d{1,2}:\d{2}/.test(source.text),
      };
    case 'duration':
      return { value: 'PT1H', isFound: false };
    case 'uuid':
      return pick(find(source, /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i), uuid(source));
    case 'ipv4':
      return pick(find(source, /\b(?:\d{1,3}\.){3}\d{1,3}\b/), '192.0.2.1');
    case 'ipv6':
      return pick(find(source, /\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\b/i), '2001:db8::1');
    case 'hostname':
      return pick(find(source, /\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b/i), 'example.com');
    default:
      return pick(hint, source.writer.phrase(place.index));
  }
}

function pick(found: string | undefined | '', fallback: string): Formatted {
  return found ? { value: found, isFound: true } : { value: fallback, isFound: false };
}

function labelledNear(name: string, { facts }: Source): string | undefined {
  const words = name.split(' ');
  for (const [label, value] of facts.labels) {
    if (label === name || words.every((word) => label.includes(word))) return value;
  }
  return undefined;
}

function timeIn(text: string): string {
  const [, hour = '0', minute = '00'] = /\b([01]?\d|2[0-3]):([0-5]\d)\b/.exec(text) ?? [];
  return `${hour.padStart(2, '0')}:${minute}:00`;
}

function find(source: Source, pattern: RegExp): string | undefined {
  return pattern.exec(source.text)?.[0];
}

/** A version 4 UUID that the seed decides. */
function uuid({ writer }: Source): string {
  const digits = 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx';
  return digits.replaceAll('x', () => Math.floor(writer.random() * 16).toString(16));
}
