import 'server-only';
import { AppError } from '@devsphere/shared/errors.ts';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { pathHeader } from '../request-headers.ts';
import { verifyToken } from './services.ts';
import { supabaseOfRequest } from './supabase.ts';

/** Who asks. `accessToken` is for calls to the API on the person's behalf. */
export type SignedInPerson = { type: 'person'; userId: string; email: string; accessToken: string };

/** The signed-in person of this request, or null. The token is verified here, not merely read from the cookie. */
export const findPerson = cache(async (): Promise<SignedInPerson | null> => {
  const supabase = await supabaseOfRequest();
  const { data } = await supabase.auth.getSession();
  if (!data.session) return null;
  const accessToken = data.session.access_token;
  try {
    const { userId, email } = await verifyToken(accessToken);
    return { type: 'person', userId, email, accessToken };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return null;
    throw error;
  }
});

/** The signed-in person; anyone else is sent to sign in and comes back to the page they wanted. */
export async function requirePerson(): Promise<SignedInPerson> {
  const person = await findPerson();
  if (person) return person;
  const path = (await headers()).get(pathHeader);
  redirect(path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in');
}
