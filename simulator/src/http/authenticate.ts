import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

const KNOWN_VERSIONS: ReadonlySet<string> = new Set(['2023-01-01', '2023-06-01', '2026-10-21']);
/** Enough of a SHA-256 to tell keys apart, too little to look one up. */
const KEY_HASH_LENGTH = 16;
/** What an organisation's administrators have; any is accepted that looks like one. */
const ADMIN_KEY_PREFIX = 'sk-ant-admin';
const HINT_HEAD = 16;
const HINT_TAIL = 4;

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
  checkVersion(request);
  return hashKey(key);
}

/** Checks that the credential is an Admin key, which no key for messages is. */
export function authenticateAdmin(request: IncomingMessage): void {
  if (!credentialOf(request)?.startsWith(ADMIN_KEY_PREFIX)) {
    throw new ApiError(401, 'invalid x-api-key');
  }
  checkVersion(request);
}

function checkVersion(request: IncomingMessage): void {
  const version = request.headers['anthropic-version'];
  if (typeof version !== 'string' || version === '') {
    throw new ApiError(400, 'anthropic-version: header is required');
  }
  if (!KNOWN_VERSIONS.has(version)) {
    throw new ApiError(400, `anthropic-version: "${version}" is not a valid version`);
  }
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

/** A key as the list of API keys shows it: its beginning and its end. */
export function keyHintOf(request: IncomingMessage): string | null {
  const key = credentialOf(request);
  return key === undefined ? null : `${key.slice(0, HINT_HEAD)}...${key.slice(-HINT_TAIL)}`;
}

function credentialOf(request: IncomingMessage): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  const key = typeof header === 'string' && header !== '' ? header : bearer;
  return key === '' ? undefined : key;
}
