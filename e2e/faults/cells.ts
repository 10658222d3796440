import type { Cell } from './cell.ts';
import { badProvider } from './cells/bad-provider.ts';
import { brokenDatabase } from './cells/broken-database.ts';
import { killedWorkers } from './cells/killed-workers.ts';
import { poison } from './cells/poison.ts';
import { wrongClock } from './cells/wrong-clock.ts';

/** The matrix: every fault the suite makes. */
export const cells: Cell[] = [
  ...killedWorkers,
  ...brokenDatabase,
  ...badProvider,
  ...poison,
  ...wrongClock,
];
