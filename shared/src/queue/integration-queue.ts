import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { newId } from '../ids.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { deliveriesLimit, keepCompletedSeconds, keepWaitingSeconds } from './queues.ts';

/** The queue of what workers do with integrations. */
export const integrationQueue = 'integrations';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const integrationPayloadVersion = 1;

/** What is to be done: look whether an integration works, or say something there. */
export type IntegrationErrand =
  | { do: 'check' }
  | { do: 'notify'; event: string; subject: 'task' | 'schedule' | 'budget'; subjectId: string };

/** What a job carries: ids, never content. */
export type IntegrationJob = {
  version: typeof integrationPayloadVersion;
  orgId: string;
  integrationId: string;
  errand: IntegrationErrand;
};

const settings = {
  // Only has to exceed ours: the worker counts and decides.
  retryLimit: deliveriesLimit,
  retryDelay: 0,
  expireInSeconds: 40,
  deleteAfterSeconds: keepCompletedSeconds,
  retentionSeconds: keepWaitingSeconds,
};

/** Creates the queue or brings its settings up to date. Safe to repeat. */
export async function ensureIntegrationQueue(boss: PgBoss): Promise<void> {
  if (await boss.getQueue(integrationQueue)) await boss.updateQueue(integrationQueue, settings);
  else await boss.createQueue(integrationQueue, settings);
}

/** Sends an errand in the transaction that gave rise to it. */
export async function sendIntegrationJob(
  tx: Tx,
  boss: PgBoss,
  job: Omit<IntegrationJob, 'version'>,
): Promise<void> {
  const id = newId();
  const payload: IntegrationJob = { version: integrationPayloadVersion, ...job };
  const sent = await boss.send(integrationQueue, payload, {
    id,
    group: { id: job.orgId },
    ...bossInTransaction(tx),
  });
  if (sent !== id) throw new Error('the queue did not take the job');
  tx.announceAfterCommit('work', integrationQueue);
}
