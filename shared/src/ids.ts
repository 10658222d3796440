import { v7, validate } from 'uuid';

/** A time-ordered id (RFC 9562 UUID version 7), so that newest-first lists read the primary key backwards. */
export function newId(): string {
  return v7();
}

export function isId(value: string): boolean {
  return validate(value);
}
