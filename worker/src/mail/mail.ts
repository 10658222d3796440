/** A mail, ready to go. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every try at one mail: mail servers drop the second. */
  messageId: string;
};

/** Hands a mail over; rejects when it was not taken, which the queue tries again. */
export type SendMail = (mail: Mail) => Promise<void>;
