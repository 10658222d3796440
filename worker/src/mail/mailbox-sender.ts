import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SendMail } from './mail.ts';

/** Keeps mails in the folder of the local mailbox instead of sending them, one JSON document a mail. */
export function mailboxSender(folder: string): SendMail {
  return async ({ to, subject, text, html }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `${Date.now()}-${process.hrtime.bigint()}.json`;
    await writeFile(join(folder, name), JSON.stringify({ to, subject, text, html }, null, 2), {
      mode: 0o600,
    });
  };
}
