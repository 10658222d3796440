import type { SourceSymbol } from './parse-source.ts';

/** The sections of documentation, in their order. */
export const HEADING_BY_KIND: readonly (readonly [SourceSymbol['kind'], string])[] = [
  ['class', 'Classes'],
  ['method', 'Methods'],
  ['function', 'Functions'],
  ['interface', 'Interfaces'],
  ['type', 'Types'],
  ['constant', 'Constants'],
];
