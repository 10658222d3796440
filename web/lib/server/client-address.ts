import 'server-only';
import { forwardedAddress } from '@devsphere/shared/origin.ts';
import { headers } from 'next/headers';
import { webEnv } from '../env.ts';

/**
 * The address a request came from, as trusted proxies saw it. Without a proxy of our own Next puts the socket's address
 * there, unless the client wrote one itself: a site that is open to the world needs a proxy in front.
 */
export async function clientAddress(): Promise<string | null> {
  return forwardedAddress((await headers()).get('x-forwarded-for'), webEnv().TRUSTED_PROXIES);
}
