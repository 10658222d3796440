import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { sendServiceJob, serviceQueues } from './service-queues.ts';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const organizationPayloadVersion = 1;

/** Ids only. */
export type OrganizationJob = { version: typeof organizationPayloadVersion } & OrganizationWork;

type OrganizationWork =
  | { work: 'purge'; orgId: string }
  | { work: 'export'; orgId: string; id: string };

/** Sends long work on a whole organisation in the transaction that makes it necessary. */
export async function sendOrganizationJob(
  tx: Tx,
  boss: PgBoss,
  job: OrganizationWork,
): Promise<void> {
  const payload: OrganizationJob = { version: organizationPayloadVersion, ...job };
  await sendServiceJob(tx, boss, serviceQueues.organizations, payload);
}
