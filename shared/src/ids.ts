import { v7, validate } from 'uuid';

/** A time-ordered id (RFC 9562 UUID version 7), so that newest-first lists read the primary key backwards. */
export function newId(): string {
  return v7();
}

export function isId(value: string): boolean {
  return validate(value);
}

/** The lowest id of a moment: with it, time-ordered ids bound a span of time. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
