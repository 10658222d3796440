import type { CommandResponse } from 'pg-boss';

/**
 * How many jobs a pg-boss command changed. The library returns the number but its types leave it out, so this
 * throws if a later version stops: without the number nothing would be fenced.
 */
export function affected(response: CommandResponse): number {
  const count: unknown = 'affected' in response ? response.affected : undefined;
  if (typeof count !== 'number')
    throw new TypeError('pg-boss did not say how many jobs it changed');
  return count;
}
