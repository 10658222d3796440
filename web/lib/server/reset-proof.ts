import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { webEnv } from '../env.ts';

const name = 'devsphere-reset';
const validSeconds = 15 * 60;

// Only the page that sets a password sees it.
const path = '/reset';

/** Remembers in this browser that the person came by the link of a reset mail, for a quarter of an hour. */
export async function leaveResetProof(userId: string): Promise<void> {
  const until = Math.floor(Date.now() / 1000) + validSeconds;
  (await cookies()).set(name, `${until}.${sign(userId, until)}`, {
    httpOnly: true,
    sameSite: 'lax',
    secure: webEnv().WEB_URL.startsWith('https:'),
    path,
    maxAge: validSeconds,
  });
}

/** Whether this browser came by the link of a reset mail of this person, not long ago. */
export async function hasResetProof(userId: string): Promise<boolean> {
  const [until = '', signature = ''] = ((await cookies()).get(name)?.value ?? '').split('.');
  if (!(Number(until) > Date.now() / 1000)) return false;
  const expected = Buffer.from(sign(userId, Number(until)));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** A link is good for one new password. */
export async function forgetResetProof(): Promise<void> {
  (await cookies()).set(name, '', { path, maxAge: 0 });
}

function sign(userId: string, until: number): string {
  return createHmac('sha256', webEnv().LINK_SECRET)
    .update(`reset\n${userId}\n${until}`)
    .digest('base64url');
}
