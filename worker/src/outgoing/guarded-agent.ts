import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '@devsphere/shared/outgoing/public-address.ts';
import { Agent, buildConnector } from 'undici';

const connectMilliseconds = 5_000;
const answerMilliseconds = 10_000;
const maximumHeaderBytes = 16 * 1024;

/** A connection that was not made, because of where it would have led. */
export class AddressRefused extends Error {
  constructor(host: string) {
    super(`${host} is not on the public internet`);
    this.name = 'AddressRefused';
  }
}

export type GuardOptions = {
  /** For tests and trying out only. */
  allowPrivateAddresses: boolean;
  /** Resolves names; Node's own unless a test brings one. */
  lookup?: LookupFunction;
};

/**
 * Connections to addresses strangers gave us. Where a name leads is looked at by the socket that is about to connect
 * there, so that a name which changes its mind between a check and its use gains nothing.
 */
export function createGuardedAgent({ allowPrivateAddresses, lookup }: GuardOptions): Agent {
  const mayReach = (address: string) => allowPrivateAddresses || isPublicAddress(address);
  const resolve = lookup ?? (dns.lookup as LookupFunction);
  const guardedLookup: LookupFunction = (hostname, options, callback) =>
    resolve(hostname, options, (error, address, family) => {
      const found = typeof address === 'string' ? [address] : address.map((each) => each.address);
      // One bad address refuses the name: which of several would be taken is not ours to say.
      if (!error && !found.every(mayReach)) callback(new AddressRefused(hostname), '', 0);
      else callback(error, address, family);
    });
  const connect = buildConnector({ timeout: connectMilliseconds, lookup: guardedLookup });
  return new Agent({
    headersTimeout: answerMilliseconds,
    bodyTimeout: answerMilliseconds,
    maxHeaderSize: maximumHeaderBytes,
    // An address written as numbers is connected to without a lookup.
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && !mayReach(host)) callback(new AddressRefused(host), null);
      else connect(options, callback);
    },
  });
}
