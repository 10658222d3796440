import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefixLength = 8;
/** 32 digits of base 62 are 190 bits: nobody guesses one, so a fast hash is enough to keep it. */
const secretLength = 32;
/** 62^6 is more than 2^32. */
const checksumLength = 6;
const shape = /^(ds_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

export type NewApiKeyToken = {
  /** The whole key; shown once, stored nowhere. */
  token: string;
  /** Its beginning, by which people recognise it. */
  prefix: string;
  hash: string;
};

/** Makes a key: `ds_live_<prefix>_<secret><checksum>`. */
export function mintApiKeyToken(): NewApiKeyToken {
  const prefix = `ds_live_${randomDigits(prefixLength)}`;
  const body = `${prefix}_${randomDigits(secretLength)}`;
  const token = body + checksumOf(body);
  return { token, prefix, hash: hashApiKeyToken(token) };
}

/** Whether a bearer token is meant as an API key; every other one is taken for a person's. */
export function looksLikeApiKey(token: string): boolean {
  return token.startsWith('ds_');
}

/** Whether a key is spelled like one of ours: a typo or a cut-off copy is found without asking the database. */
export function isWellFormedApiKey(token: string): boolean {
  const [, body, checksum] = shape.exec(token) ?? [];
  return body !== undefined && checksumOf(body) === checksum;
}

/**
 * What is stored of a key. Keys are looked up by this hash, so no secret is ever compared: how long the lookup takes
 * says nothing about a stored key.
 */
export function hashApiKeyToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => digits[randomInt(digits.length)]).join('');
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < checksumLength; place += 1) {
    text = digits[rest % digits.length] + text;
    rest = Math.floor(rest / digits.length);
  }
  return text;
}
