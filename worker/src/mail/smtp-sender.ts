import { createTransport } from 'nodemailer';
import type { SendMail } from './mail.ts';

const connectMilliseconds = 10_000;
const silenceMilliseconds = 30_000;

/** Sends through the mail server of `url` (`smtp://user:password@host:port`, or `smtps://`). */
export function smtpSender({ url, from }: { url: string; from: string }): SendMail {
  const transport = createTransport({
    url,
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    // What a mail says comes from people: it must not read files or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (mail) => {
    await transport.sendMail({ ...mail, from });
  };
}
