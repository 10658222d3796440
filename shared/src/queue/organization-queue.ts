import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';

/** The queue of long work on a whole organisation. */
export const organizationQueue = 'organizations';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const organizationPayloadVersion = 1;

/** Ids only. */
export type OrganizationJob = { version: typeof organizationPayloadVersion } & OrganizationWork;

type OrganizationWork =
  | { work: 'purge'; orgId: string }
  | { work: 'export'; orgId: string; id: string };

const settings = {
  retryLimit: 20,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3_600,
  // A vanished worker's job starts again after this and goes on where it was.
  expireInSeconds: 1_800,
  deleteAfterSeconds: 24 * 3_600,
};

/** Creates the queue or brings its settings up to date. Safe to repeat. */
export async function ensureOrganizationQueue(boss: PgBoss): Promise<void> {
  if (await boss.getQueue(organizationQueue)) await boss.updateQueue(organizationQueue, settings);
  else await boss.createQueue(organizationQueue, settings);
}

/** Sends a job in the transaction that makes it necessary. */
export async function sendOrganizationJob(
  tx: Tx,
  boss: PgBoss,
  job: OrganizationWork,
): Promise<void> {
  const payload: OrganizationJob = { version: organizationPayloadVersion, ...job };
  const sent = await boss.send(organizationQueue, payload, {
    group: { id: job.orgId },
    ...bossInTransaction(tx),
  });
  if (!sent) throw new Error('the queue did not take the job');
  tx.announceAfterCommit('work', organizationQueue);
}
