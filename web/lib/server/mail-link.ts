import 'server-only';
import type { EmailOtpType } from '@supabase/supabase-js';
import { redirect } from 'next/navigation';
import { webEnv } from '../env.ts';
import { safeNextPath } from '../safe-next-path.ts';
import { limitMailLink } from './auth-limits.ts';
import { leaveResetProof } from './reset-proof.ts';
import { log } from './services.ts';
import { supabaseOfRequest } from './supabase.ts';

const linkTypes: readonly EmailOtpType[] = ['recovery', 'signup', 'email', 'magiclink', 'invite'];

export type MailLink = {
  tokenHash: string | null;
  type: string | null;
  /** Code of the PKCE flow; only the browser that asked for the mail can exchange it. */
  code: string | null;
  next: string | null;
};

/** Signs in the person who opened a link in a mail and goes on to `next`; a stale link leads to a page that says so. */
export async function finishMailLink({ tokenHash, type, code, next }: MailLink): Promise<never> {
  if (await limitMailLink()) redirect('/reset?expired=1');
  const supabase = await supabaseOfRequest();
  const linkType = linkTypes.find((known) => known === type);
  const { data, error } = code
    ? await supabase.auth.exchangeCodeForSession(code)
    : tokenHash && linkType
      ? await supabase.auth.verifyOtp({ token_hash: tokenHash, type: linkType })
      : { data: null, error: null };
  if (error || !(code || (tokenHash && linkType))) {
    log().info({ code: error?.code ?? 'malformed' }, 'mail link refused');
    redirect('/reset?expired=1');
  }
  // The embedded Supabase forgets where a reset should lead.
  const path = linkType === 'recovery' ? '/reset/confirm' : pathOnThisSite(next);
  if (path === '/reset/confirm' && data?.user) await leaveResetProof(data.user.id);
  redirect(path);
}

/** Mails carry whole addresses; only their path is followed, and only when they lead to this site. */
function pathOnThisSite(next: string | null): string {
  if (!next) return '/';
  if (next.startsWith('/')) return safeNextPath(next);
  const url = URL.parse(next);
  return url?.origin === new URL(webEnv().WEB_URL).origin
    ? safeNextPath(`${url.pathname}${url.search}`)
    : '/';
}
