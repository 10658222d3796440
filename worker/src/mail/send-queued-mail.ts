import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { type MailPayload, mailPayloadVersion } from '@devsphere/shared/queue/mail-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { TakenJob } from '../intake/taken-job.ts';
import { invitationMail, type MailLinks } from './invitation-mail.ts';
import type { SendMail } from './mail.ts';

export type MailOptions = { send: SendMail; links: MailLinks };

type Dependencies = {
  database: Database;
  boss: PgBoss;
  /** Null when this system has no mail server: mails wait in the queue until one of its workers has. */
  mail: MailOptions | null;
  log: Logger;
};

/** Sends the mail a job asks for and settles the job; a failure is tried again by the queue. Never rejects. */
export async function sendQueuedMail(
  { database, boss, mail, log }: Dependencies,
  job: TakenJob<MailPayload>,
): Promise<void> {
  const delivery = { id: job.id, retryCount: job.retryCount };
  try {
    const { version, orgId, id } = job.data;
    if (version !== mailPayloadVersion) throw new Error(`unknown payload version ${version}`);
    if (!mail) throw new Error('no mail server is set: SMTP_URL and LINK_SECRET');
    const written = await invitationMail(database, mail.links, { orgId, id });
    if (written) await mail.send(written);
    await boss.complete(job.name, delivery, { sent: written ? 1 : 0 });
    log.info({ mail: job.data.mail, orgId, id, sent: written !== null }, 'mail done');
  } catch (error) {
    log.error({ err: error, mail: job.data.mail, jobId: job.id }, 'mail not sent');
    await boss
      // The server's words may name the address: the queue keeps none of it.
      .fail(job.name, delivery, { message: 'not sent' })
      .catch((failure: unknown) => log.error({ err: failure }, 'mail could not be settled'));
  }
}
