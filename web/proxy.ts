import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './lib/content-security-policy.ts';
import { isDevelopment, webEnv } from './lib/env.ts';
import { maximumBodyBytes } from './lib/maximum-body-bytes.ts';
import { lastOrganizationCookie, nonceHeader, pathHeader } from './lib/request-headers.ts';
import { isForeignChange, isHttps } from './lib/request-origin.ts';
import { supabaseOn } from './lib/server/supabase.ts';

const organizationPath = /^\/([a-z0-9][a-z0-9-]{0,47})\/(?:tasks|schedules|settings)(?:\/|$)/;

/**
 * Refuses what another site sends in a visitor's name, says what a page may load, and refreshes a session that is about
 * to expire, so that pages (which can't set cookies) find a valid one. It lets everyone else through: each page, action and route checks for itself who asks.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { WEB_URL } = webEnv();
  if (isForeignChange(request.method, request.headers, WEB_URL))
    return new NextResponse('This request comes from another site.', { status: 403 });
  // Next refuses it too, but as an error of its own making.
  if (Number(request.headers.get('content-length')) > maximumBodyBytes)
    return new NextResponse('This is more than can be sent at once.', { status: 413 });
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy(nonce, { isDevelopment, isSecure: isHttps(WEB_URL) });
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
  // Over plain http browsers ignore it, and on a developer's machine it would outlive the visit.
  if (isHttps(WEB_URL))
    response.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
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
    secure: isHttps(webEnv().WEB_URL),
    path: '/',
    maxAge: 31_536_000,
  });
}

export const config = { matcher: ['/((?!_next/static|_next/image|api/health|icon.svg).*)'] };
