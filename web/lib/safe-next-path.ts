const base = 'http://same.invalid';

/**
 * The path to go to after signing in: only one on this site. Anything else (another host, a scheme, nothing)
 * becomes `/`.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 2_000) return '/';
  let url: URL;
  try {
    url = new URL(next, base);
  } catch {
    return '/';
  }
  // `//host` and `/\host` resolve to another origin.
  return url.origin === base ? `${url.pathname}${url.search}` : '/';
}
