import { v7, validate } from 'uuid';

/** A time-ordered id (RFC 9562 UUID version 7), so that newest-first lists read the primary key backwards. */
export function newId(): string {
  return v7();
}

export function isId(value: string): boolean {
  return validate(value);
}

/** Whether a text could be the slug of an organisation; any other names none, and need not be looked up. */
export function isSlug(value: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/.test(value);
}

/** The lowest id of a moment: with it, time-ordered ids bound a span of time. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
