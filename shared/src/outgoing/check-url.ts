import { isIP } from 'node:net';
import { AppError } from '../errors.ts';
import { isPublicAddress } from './public-address.ts';

const insideNames = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)\.?$/i;
/** Mail servers and the like listen below; a program that takes messages over HTTP does not. */
const lowestFreePort = 1_024;

/**
 * An address people gave us to send to, in its normal form. Throws `invalid_request` naming the field for what can be
 * seen to be wrong; where a name leads is looked at when something is sent, each time.
 */
export function checkOutgoingUrl(
  text: string,
  { allowPrivateAddresses }: { allowPrivateAddresses: boolean },
  field = 'url',
): string {
  const refuse = (message: string) =>
    new AppError('invalid_request', `${field}: ${message}.`, { fields: [{ field, message }] });
  if (!URL.canParse(text)) throw refuse('Give a whole address, such as https://example.com/hooks');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivateAddresses && url.protocol === 'http:'))
    throw refuse('The address must begin with https://');
  if (url.username || url.password) throw refuse('Leave name and password out of the address');
  if (url.hash) throw refuse('Leave out the part behind #');
  if (allowPrivateAddresses) return url.href;
  if (url.port !== '' && Number(url.port) < lowestFreePort && url.port !== '80')
    throw refuse('This port is not for web servers');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const inside = isIP(host)
    ? !isPublicAddress(host)
    : insideNames.test(host) || !host.includes('.');
  if (inside) throw refuse('This address is not on the public internet');
  return url.href;
}
