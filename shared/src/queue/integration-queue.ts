import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { sendServiceJob, serviceQueues } from './service-queues.ts';

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

/** Sends an errand in the transaction that gave rise to it. */
export async function sendIntegrationJob(
  tx: Tx,
  boss: PgBoss,
  job: Omit<IntegrationJob, 'version'>,
): Promise<void> {
  const payload: IntegrationJob = { version: integrationPayloadVersion, ...job };
  await sendServiceJob(tx, boss, serviceQueues.integrations, payload);
}
