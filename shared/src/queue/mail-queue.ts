import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';

/** The queue of mails to send. */
export const mailQueue = 'mail';

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const mailPayloadVersion = 1;

/** Ids only: the worker reads what the mail says when it sends it. */
export type MailPayload = {
  version: typeof mailPayloadVersion;
  mail: 'invitation';
  orgId: string;
  id: string;
};

const settings = {
  // With backoff about a day: longer than most mail servers are away.
  retryLimit: 12,
  retryDelay: 15,
  retryBackoff: true,
  retryDelayMax: 3 * 3_600,
  expireInSeconds: 120,
  deleteAfterSeconds: 7 * 24 * 3_600,
};

/** Creates the queue or brings its settings up to date. Safe to repeat. */
export async function ensureMailQueue(boss: PgBoss): Promise<void> {
  if (await boss.getQueue(mailQueue)) await boss.updateQueue(mailQueue, settings);
  else await boss.createQueue(mailQueue, settings);
}

/** Asks for a mail in the transaction that makes it necessary. */
export async function sendMailLater(
  tx: Tx,
  boss: PgBoss,
  mail: Omit<MailPayload, 'version'>,
): Promise<void> {
  const payload: MailPayload = { version: mailPayloadVersion, ...mail };
  const sent = await boss.send(mailQueue, payload, {
    group: { id: mail.orgId },
    ...bossInTransaction(tx),
  });
  if (!sent) throw new Error('the queue did not take the mail');
  tx.announceAfterCommit('work', mailQueue);
}
