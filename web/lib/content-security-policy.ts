type Surroundings = {
  /** `next dev` runs, whose live reloading evaluates and opens sockets. */
  isDevelopment: boolean;
  /** The site is served over https: nothing may be loaded without it. */
  isSecure: boolean;
};

/**
 * What a page may load: its own files, and scripts that carry the nonce or were loaded by one that does. Styles stay
 * inline-able, since components set them as attributes.
 */
export function contentSecurityPolicy(
  nonce: string,
  { isDevelopment, isSecure }: Surroundings,
): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? ` 'unsafe-eval'` : ''}`,
    `script-src-attr 'none'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    `frame-src 'none'`,
    `object-src 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
