/** So often within so many seconds, for each key it is counted by. */
export type RateLimit = { points: number; seconds: number };

/** Every limit on how often something may be asked, with the reason for its size. */
export const rateLimits = {
  /** A person's requests to the API and commands in the web: 20 a second is more than a busy page with its streams needs. */
  person: { points: 1_200, seconds: 60 },
  /** A program's requests: the same, so that a key is never worth more than signing in. */
  apiKey: { points: 1_200, seconds: 60 },
  /** Bearer tokens of one address that were refused. A broken program retries now and then; a search for tokens doesn't end. */
  refusedToken: { points: 60, seconds: 60 },
  /** Tries to sign in from one address: an office behind one address on a Monday morning. */
  signInFromAddress: { points: 60, seconds: 600 },
  /** Tries to sign in to one account from one address: ten typos. */
  signInToAccount: { points: 10, seconds: 900 },
  /** Tries to sign in to one account from wherever: many addresses at once guess as slowly, and nobody else is locked out for long. */
  signInToAccountFromAnywhere: { points: 100, seconds: 3_600 },
  /** Accounts made from one address: a class that starts together. */
  signUpFromAddress: { points: 40, seconds: 3_600 },
  /** Mails to set a new password asked for from one address. */
  resetFromAddress: { points: 20, seconds: 3_600 },
  /** Mails to set a new password to one mailbox: nobody can fill another's. */
  resetToMailbox: { points: 4, seconds: 3_600 },
  /** Links of mails opened from one address: their codes can't be guessed, and trying costs us a call. */
  mailLinkFromAddress: { points: 30, seconds: 600 },
  /** Approvals answered from one address by link: a team that works through a day's, and nobody who searches. */
  approvalFromAddress: { points: 60, seconds: 600 },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof rateLimits;

/** The limits of single addresses, so many times as large: where very many people share one. */
export function widenedForAddresses(factor: number): Partial<Record<RateLimitName, RateLimit>> {
  return Object.fromEntries(
    Object.entries(rateLimits)
      .filter(([name]) => name.endsWith('FromAddress'))
      .map(([name, { points, seconds }]) => [name, { points: points * factor, seconds }]),
  );
}
