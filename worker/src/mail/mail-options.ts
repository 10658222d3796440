import type { WorkerEnv } from '../env.ts';
import { mailboxSender } from './mailbox-sender.ts';
import type { MailOptions } from './send-queued-mail.ts';
import { smtpSender } from './smtp-sender.ts';

/** How this worker sends mail: by a server, else into the local mailbox; null when it can't. */
export function mailOptions(env: WorkerEnv): MailOptions | null {
  const { SMTP_URL, MAIL_FROM, MAILBOX_DIR, LINK_SECRET, PUBLIC_URL } = env;
  if (!LINK_SECRET || !PUBLIC_URL) return null;
  const links = { secret: LINK_SECRET, publicUrl: PUBLIC_URL.replace(/\/$/, '') };
  if (SMTP_URL) return { send: smtpSender({ url: SMTP_URL, from: MAIL_FROM }), links };
  return MAILBOX_DIR ? { send: mailboxSender(MAILBOX_DIR), links } : null;
}
