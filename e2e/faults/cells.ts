import type { Cell } from './cell.ts';
import { badProvider } from './cells/bad-provider.ts';
import { brokenAgent } from './cells/broken-agent.ts';
import { brokenDatabase } from './cells/broken-database.ts';
import { exhaustedPool } from './cells/exhausted-pool.ts';
import { failingProvider } from './cells/failing-provider.ts';
import { fullDisk } from './cells/full-disk.ts';
import { herds } from './cells/herd.ts';
import { killedApi } from './cells/killed-api.ts';
import { killedListeners } from './cells/killed-listeners.ts';
import { killedWorkers } from './cells/killed-workers.ts';
import { lostAnswers } from './cells/lost-answers.ts';
import { lostClaims } from './cells/lost-claims.ts';
import { lostProvider } from './cells/lost-provider.ts';
import { poison } from './cells/poison.ts';
import { spentBudget } from './cells/spent-budget.ts';
import { stoppedDatabase } from './cells/stopped-database.ts';
import { wrongClock } from './cells/wrong-clock.ts';

/** The matrix: every fault the suite makes. */
export const cells: Cell[] = [
  ...killedWorkers,
  ...stoppedDatabase,
  ...fullDisk,
  ...brokenDatabase,
  ...lostAnswers,
  ...exhaustedPool,
  ...killedListeners,
  ...killedApi,
  ...lostProvider,
  ...lostClaims,
  ...badProvider,
  ...failingProvider,
  ...brokenAgent,
  ...poison,
  ...herds,
  ...spentBudget,
  ...wrongClock,
];
