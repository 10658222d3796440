import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './lib/content-security-policy.ts';
import { isDevelopment } from './lib/env.ts';
import { lastOrganizationCookie, nonceHeader, pathHeader } from './lib/request-headers.ts';
import { supabaseOn } from './lib/server/supabase.ts';

const organizationPath = /^\/([a-z0-9][a-z0-9-]{0,47})\/(?:tasks|schedules|settings)(?:\/|$)/;

/**
 * Refreshes a session that is about to expire, so that pages (which can't set cookies) find a valid one.
 * It lets everyone through: each page, action and route checks for itself who asks.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy(nonce, isDevelopment);
  const changed: Parameters<Parameters<typeof supabaseOn>[0]['setAll']>[0] = [];
  const supabase = supabaseOn({
    getAll: () => request.cookies.getAll(),
    setAll: (cookies) => {
      changed.push(...cookies);
      for (const { name, value } of cookies) request.cookies.set(name, value);
    },
  });
  await supabase.auth.getSession();

  const headers = new Headers(request.headers);
  headers.set(pathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set(nonceHeader, nonce);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  for (const { name, value, options } of changed) response.cookies.set(name, value, options);
  if (changed.length > 0) response.headers.set('Cache-Control', 'private, no-store');
  rememberOrganization(request, response);
  return response;
}

function rememberOrganization(request: NextRequest, response: NextResponse): void {
  const slug = organizationPath.exec(request.nextUrl.pathname)?.[1];
  if (!slug || request.cookies.get(lastOrganizationCookie)?.value === slug) return;
  response.cookies.set(lastOrganizationCookie, slug, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: 31_536_000,
  });
}

export const config = { matcher: ['/((?!_next/static|_next/image|api/health|icon.svg).*)'] };
