import { isIP } from 'node:net';

/** Where a command came from. */
export type Origin = { address: string | null; userAgent: string | null };

const maximumUserAgentLength = 200;

/** What the audit log keeps of a request: an address only if it is one, and a short name of the program. */
export function originOf(
  address: string | null | undefined,
  userAgent: string | null | undefined,
): Origin {
  const plain = (address ?? '').trim().replace(/^::ffff:(?=\d+\.)/i, '');
  const shown = (userAgent ?? '')
    .replaceAll(/[^\x20-\x7e]/g, ' ')
    .trim()
    .slice(0, maximumUserAgentLength);
  return { address: isIP(plain) ? plain : null, userAgent: shown || null };
}

/**
 * The client's address in `X-Forwarded-For`, behind this many proxies of our own. Each appends the address it saw, so
 * what stands further left was written by the client and is not believed.
 */
export function forwardedAddress(header: string | null, trustedProxies: number): string | null {
  const hops = (header ?? '').split(',').map((hop) => hop.trim());
  return hops[Math.max(0, hops.length - Math.max(1, trustedProxies))] || null;
}
