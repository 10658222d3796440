import 'server-only';
import { createHash } from 'node:crypto';
import { tooMany } from '@devsphere/shared/limits/rate-limiter.ts';
import type { RateLimitName } from '@devsphere/shared/limits/rate-limits.ts';
import { clientAddress } from './client-address.ts';
import { limiter } from './services.ts';

// Everything here is counted by what was typed, whether or not there is such an account: a refusal tells nothing of it.

/** What to say to somebody who tries to sign in too often; null to let them try. */
export async function limitSignIn(email: string): Promise<string | null> {
  const address = await addressOrUnknown();
  const account = accountKey(email);
  return firstRefusal('Too many tries to sign in', [
    ['signInFromAddress', address],
    ['signInToAccount', `${account}:${address}`],
    ['signInToAccountFromAnywhere', account],
  ]);
}

/** Who has signed in is not searching for a password. */
export async function forgiveSignIns(email: string): Promise<void> {
  await limiter().forgive('signInToAccount', `${accountKey(email)}:${await addressOrUnknown()}`);
}

/** What to say where too many accounts are made from one address; null to go on. */
export async function limitSignUp(): Promise<string | null> {
  return firstRefusal('Too many accounts were made from your address', [
    ['signUpFromAddress', await addressOrUnknown()],
  ]);
}

/** What to say to somebody who asks for too many mails; null to send one. */
export async function limitReset(email: string): Promise<string | null> {
  return firstRefusal('Too many mails were asked for', [
    ['resetFromAddress', await addressOrUnknown()],
    ['resetToMailbox', accountKey(email)],
  ]);
}

/** Whether somebody opens more links of mails than anyone is sent. */
export async function limitMailLink(): Promise<boolean> {
  const refusal = await firstRefusal('Too many links', [
    ['mailLinkFromAddress', await addressOrUnknown()],
  ]);
  return refusal !== null;
}

/** What to say to somebody who answers by more links than anyone is sent; null to let them. */
export async function limitApprovalLink(): Promise<string | null> {
  return firstRefusal('Too many answers were given from your address', [
    ['approvalFromAddress', await addressOrUnknown()],
  ]);
}

async function firstRefusal(
  what: string,
  counts: ReadonlyArray<readonly [RateLimitName, string]>,
): Promise<string | null> {
  const allowances = await Promise.all(counts.map(([name, key]) => limiter().take(name, key)));
  const refused = allowances.find(({ allowed }) => !allowed);
  return refused ? tooMany(refused, what).message : null;
}

async function addressOrUnknown(): Promise<string> {
  return (await clientAddress())?.slice(0, 64) ?? 'unknown';
}

/** E-mail addresses are counted, not kept. */
function accountKey(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}
