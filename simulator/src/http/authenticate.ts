import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

const KNOWN_VERSIONS: ReadonlySet<string> = new Set(['2023-01-01', '2023-06-01', '2026-10-21']);
/** Enough of a SHA-256 to tell keys apart, too little to look one up. */
const KEY_HASH_LENGTH = 16;

/**
 * Checks the credential and the API version.
 * @param accepted the keys that open the door; empty means that any key does.
 * @returns a short hash of the key, the simulator's notion of an organisation.
 */
export function authenticate(request: IncomingMessage, accepted: ReadonlySet<string>): string {
  const key = credentialOf(request);
  if (key === undefined) {
    throw new ApiError(401, 'x-api-key header or Authorization bearer token is required');
  }
  if (accepted.size > 0 && !accepted.has(key)) throw new ApiError(401, 'invalid x-api-key');
  const version = request.headers['anthropic-version'];
  if (typeof version !== 'string' || version === '') {
    throw new ApiError(400, 'anthropic-version: header is required');
  }
  if (!KNOWN_VERSIONS.has(version)) {
    throw new ApiError(400, `anthropic-version: "${version}" is not a valid version`);
  }
  return hashKey(key);
}

/** The hash under which a key appears in the call log. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, KEY_HASH_LENGTH);
}

/** As `authenticate`, but never throws: for logging calls that were refused. */
export function keyHashOf(request: IncomingMessage): string | null {
  const key = credentialOf(request);
  return key === undefined ? null : hashKey(key);
}

function credentialOf(request: IncomingMessage): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  const key = typeof header === 'string' && header !== '' ? header : bearer;
  return key === '' ? undefined : key;
}
