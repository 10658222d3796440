import { claimAbandonedRuns } from './claim-abandoned-runs.ts';
import { claimDueSchedules } from './claim-due-schedules.ts';
import type { ClaimedRun } from './claimed-run.ts';
import { type FireDependencies, fireRun } from './fire-run.ts';
import { readSchedules } from './read-schedules.ts';
import { type FiredRun, markFired } from './settle-run.ts';

export type FireOptions = FireDependencies & {
  /** Submissions under way at once; each takes a connection. */
  parallel?: number;
  /** A claimed run whose task was not submitted for this long is taken up again. */
  abandonedSeconds?: number;
};

/** Fires everything that is due now, each occurrence once however many workers do so. Returns how many it fired. */
export async function fireSchedules({
  parallel = 6,
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
  const tasks = await readSchedules(deps.database, runs);
  const waiting = [...runs];
  const fired: FiredRun[] = [];
  const lane = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const taskId = await fireRun(deps, run, tasks.get(run));
      if (taskId) fired.push({ run, taskId });
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  await markFired(deps.database, fired);
}
