import fc from 'fast-check';
import { fromSchema } from '../fuzz/from-schema.ts';
import type { Document, Operation } from '../fuzz/operations.ts';

/** An id that nothing has. */
export const nowhere = '019ab000-0000-7000-8000-000000000000';

/** The operation's address with an organisation and, by the part of the path before it, the id of each thing in it. */
export function pathOf(
  { path }: Pick<Operation, 'path'>,
  org: string,
  idOf: (collection: string) => string | undefined,
): string {
  const parts = path.split('/');
  return parts
    .map((part, index) => {
      if (part === '{org}') return org;
      return part.startsWith('{') ? (idOf(parts[index - 1] ?? '') ?? nowhere) : part;
    })
    .join('/');
}

/** A body that fits the operation; null for one that takes none. */
export const bodyOf = ({ body }: Operation, { components }: Document): string | null =>
  body ? JSON.stringify(fc.sample(fromSchema(body, components), { seed: 7, numRuns: 1 })[0]) : null;
