import type { Lab } from './lab/lab.ts';
import type { OwnServer } from './lab/own-server.ts';

export type CellContext = {
  lab: Lab;
  /** Tasks this cell's load has. */
  tasks: number;
  /** In [0, 1), the same for the same seed. */
  random: () => number;
  /** Says a number beside the cell's result. */
  note: (fact: string) => void;
};

/** How many tasks ended how, of those that did not succeed: the state, and the error's code behind it. */
export type Endings = Record<string, number>;

/** One fault: how it is made, under which load. Throws when the fault itself was not met as it should be. */
export type Cell = {
  name: string;
  run: (context: CellContext) => Promise<void>;
  /**
   * How the tasks end that the fault costs their success; none are lost to it when it is not said. `any` is for faults
   * that nobody can foretell.
   */
  endings?: Endings | ((tasks: number) => Endings) | 'any';
  /** Which database server it breaks, where it is not that of all the others. */
  server?: OwnServer;
  /** Why it can't be made on this machine; undefined when it can. */
  unable?: () => Promise<string | undefined>;
};

/** A fault that is not made here, and exactly why. */
export type MissingCell = { name: string; because: string };
