const harmless = ['GET', 'HEAD', 'OPTIONS'];

/** Whether an address is an https one. */
export function isHttps(address: string): boolean {
  return address.startsWith('https:');
}

/**
 * Whether a request that may change something was sent by a page of another site, with the visitor's cookies. Browsers
 * say so in two headers that scripts can't set; whoever sends neither is no browser, and has no visitor's cookies.
 */
export function isForeignChange(
  method: string,
  headers: Pick<Headers, 'get'>,
  webUrl: string,
): boolean {
  if (harmless.includes(method)) return false;
  const origin = headers.get('origin');
  if (origin === null) {
    const site = headers.get('sec-fetch-site');
    return site !== null && site !== 'same-origin' && site !== 'none';
  }
  const host = URL.parse(origin)?.host;
  // The address people type, or the one they typed: on one machine `localhost` and `127.0.0.1` are both this site.
  return host === undefined || (host !== new URL(webUrl).host && host !== headers.get('host'));
}
