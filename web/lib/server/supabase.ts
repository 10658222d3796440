import 'server-only';
import { createServerClient, type SetAllCookies } from '@supabase/ssr';
import type { SupabaseClient } from '@supabase/supabase-js';
import { cookies } from 'next/headers';
import { webEnv } from '../env.ts';

type CookieStore = {
  getAll: () => Array<{ name: string; value: string }>;
  setAll: SetAllCookies;
};

/** A Supabase client whose session lives in the given cookies; make one per request. */
export function supabaseOn(store: CookieStore): SupabaseClient {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, WEB_URL } = webEnv();
  return createServerClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    cookies: store,
    // Scripts never need the session: the browser talks to this server only.
    cookieOptions: {
      name: 'devsphere-session',
      httpOnly: true,
      sameSite: 'lax',
      secure: WEB_URL.startsWith('https:'),
      path: '/',
    },
  });
}

/** The client of the request being answered. In a page it can read the session but not store a new one. */
export async function supabaseOfRequest(): Promise<SupabaseClient> {
  const jar = await cookies();
  return supabaseOn({
    getAll: () => jar.getAll(),
    setAll: (changed) => {
      try {
        for (const { name, value, options } of changed) jar.set(name, value, options);
      } catch {
        // Pages can't set cookies; `proxy.ts` has refreshed the session before.
      }
    },
  });
}
