import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { sendServiceJob, serviceQueues } from './service-queues.ts';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const mailPayloadVersion = 1;

/** Ids only: the worker reads what the mail says when it sends it. */
export type MailPayload = {
  version: typeof mailPayloadVersion;
  mail: 'invitation';
  orgId: string;
  id: string;
};

/** Asks for a mail in the transaction that makes it necessary. */
export async function sendMailLater(
  tx: Tx,
  boss: PgBoss,
  mail: Omit<MailPayload, 'version'>,
): Promise<void> {
  const payload: MailPayload = { version: mailPayloadVersion, ...mail };
  await sendServiceJob(tx, boss, serviceQueues.mail, payload);
}
