import type { Lab } from './lab.ts';

export type CellContext = {
  lab: Lab;
  /** Tasks this cell's load has. */
  tasks: number;
  /** In [0, 1), the same for the same seed. */
  random: () => number;
};

/** One fault: how it is made, under which load. Throws when the fault itself was not met as it should be. */
export type Cell = {
  name: string;
  run: (context: CellContext) => Promise<void>;
};

/** A fault that is not made here, and exactly why. */
export type MissingCell = { name: string; because: string };
