import type { KnownValues } from './source.ts';

/** Where in the answer a value stands; decides which fact it takes. */
export interface Place {
  /** The property's normalised name; an array item has its array's name. */
  readonly name: string;
  /** The name of the object around it. */
  readonly parent: string;
  /** Position among its siblings in an array. */
  readonly index: number;
  readonly depth: number;
  /** Values known for the object at hand, such as a table row. */
  readonly known: KnownValues;
}
