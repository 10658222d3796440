import type { PgBoss } from 'pg-boss';

/** The queue of the system's own work; its jobs belong to no organisation and may be repeated safely. */
export const upkeepQueue = 'upkeep';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const upkeepPayloadVersion = 1;

export type UpkeepPayload = { version: typeof upkeepPayloadVersion; job: string };

const settings = {
  retryLimit: 3,
  retryDelay: 30,
  expireInSeconds: 600,
  // Longer than any slot: the finished job is what keeps its slot taken.
  deleteAfterSeconds: 7 * 24 * 3_600,
};

/** Creates the queue or brings its settings up to date. Safe to repeat. */
export async function ensureUpkeepQueue(boss: PgBoss): Promise<void> {
  if (await boss.getQueue(upkeepQueue)) await boss.updateQueue(upkeepQueue, settings);
  else await boss.createQueue(upkeepQueue, settings);
}
