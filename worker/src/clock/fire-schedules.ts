import { claimAbandonedRuns } from './claim-abandoned-runs.ts';
import { claimDueSchedules } from './claim-due-schedules.ts';
import type { ClaimedRun } from './claimed-run.ts';
import { type FireDependencies, fireRuns } from './fire-runs.ts';
import { readSchedules } from './read-schedules.ts';
import { markFired } from './settle-run.ts';

// Enough to share a commit, few enough that one spoiled run costs little.
const runsPerTransaction = 25;

export type FireOptions = FireDependencies & {
  /** Submissions under way at once; each takes a connection. */
  parallel?: number;
  abandonedSeconds?: number;
};

/** A claimed run whose task was not submitted for this long is taken up again. */
export const takenUpAfterSeconds = 10;

/** Fires everything that is due now, each occurrence once however many workers do so. Returns how many it fired. */
export async function fireSchedules({
  parallel = 4,
  abandonedSeconds = takenUpAfterSeconds,
  ...deps
}: FireOptions): Promise<number> {
  const abandoned = await claimAbandonedRuns(deps.database, abandonedSeconds);
  await fireAll(deps, abandoned, parallel);
  let fired = abandoned.length;
  for (;;) {
    const { runs, more } = await claimDueSchedules(deps.database, deps.boss);
    await fireAll(deps, runs, parallel);
    fired += runs.length;
    if (!more) return fired;
  }
}

async function fireAll(
  deps: FireDependencies,
  runs: ClaimedRun[],
  parallel: number,
): Promise<void> {
  const tasks = await readSchedules(deps.database, runs);
  const waiting = inTransactions(runs);
  const lane = async () => {
    for (let some = waiting.shift(); some; some = waiting.shift())
      await markFired(deps.database, await fireRuns(deps, some, tasks));
  };
  await Promise.all(Array.from({ length: parallel }, lane));
}

/** The runs of each person, a bounded number at a time: a transaction has one person's rights. */
function inTransactions(runs: ClaimedRun[]): ClaimedRun[][] {
  return [...Map.groupBy(runs, ({ runsAs }) => runsAs).values()].flatMap((theirs) =>
    Array.from({ length: Math.ceil(theirs.length / runsPerTransaction) }, (_, index) =>
      theirs.slice(index * runsPerTransaction, (index + 1) * runsPerTransaction),
    ),
  );
}
