import { claimAbandonedRuns } from './claim-abandoned-runs.ts';
import { claimDueSchedules } from './claim-due-schedules.ts';
import type { ClaimedRun } from './claimed-run.ts';
import { type FireDependencies, fireRun } from './fire-run.ts';

export type FireOptions = FireDependencies & {
  /** Submissions under way at once; each takes a connection. */
  parallel?: number;
  /** A claimed run whose task was not submitted for this long is taken up again. */
  abandonedSeconds?: number;
};

/** Fires everything that is due now, each occurrence once however many workers do so. Returns how many it fired. */
export async function fireSchedules({
  parallel = 4,
  abandonedSeconds = 10,
  ...deps
}: FireOptions): Promise<number> {
  const abandoned = await claimAbandonedRuns(deps.database, abandonedSeconds);
  await fireAll(deps, abandoned, parallel);
  let fired = abandoned.length;
  for (;;) {
    const { runs, more } = await claimDueSchedules(deps.database);
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
  const waiting = [...runs];
  const lane = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) await fireRun(deps, run);
  };
  await Promise.all(Array.from({ length: parallel }, lane));
}
