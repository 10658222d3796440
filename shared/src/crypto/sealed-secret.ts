import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import type { OpeningKey, SealingKey } from './sealing-keys.ts';

/** Where a secret belongs. A sealed secret copied anywhere else does not open. */
export type SecretPlace = { orgId: string; id: string; kind: string };

/** A data key wrapped by one of the platform's pairs. */
export type WrappedKey = { keyId: string; wrappedKey: Buffer };
export type SealedSecret = WrappedKey & { ciphertext: Buffer };

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Seals a text under a fresh data key, which only the holder of the private half can unwrap. */
export function seal(key: SealingKey, place: SecretPlace, text: string): SealedSecret {
  const dataKey = randomBytes(32);
  const iv = randomBytes(ivBytes);
  const encrypt = createCipheriv(cipher, dataKey, iv).setAAD(labelOf(place));
  const body = Buffer.concat([encrypt.update(text, 'utf8'), encrypt.final()]);
  const sealed = {
    ...wrap(key, place, dataKey),
    ciphertext: Buffer.concat([iv, encrypt.getAuthTag(), body]),
  };
  dataKey.fill(0);
  return sealed;
}

/** Opens a sealed secret. Throws when it was altered, belongs elsewhere, or none of the keys is its own. */
export function open(
  keys: readonly OpeningKey[],
  place: SecretPlace,
  sealed: SealedSecret,
): string {
  const dataKey = unwrap(keys, place, sealed);
  const decrypt = createDecipheriv(cipher, dataKey, sealed.ciphertext.subarray(0, ivBytes))
    .setAAD(labelOf(place))
    .setAuthTag(sealed.ciphertext.subarray(ivBytes, ivBytes + tagBytes));
  const body = sealed.ciphertext.subarray(ivBytes + tagBytes);
  const text = Buffer.concat([decrypt.update(body), decrypt.final()]).toString('utf8');
  dataKey.fill(0);
  return text;
}

/** Wraps a data key again under the newest key. The secret itself is neither needed nor seen. */
export function rewrap(
  keys: readonly OpeningKey[],
  place: SecretPlace,
  wrapped: WrappedKey,
): WrappedKey {
  const [newest] = keys;
  if (!newest) throw new Error('there is no key to wrap with');
  const dataKey = unwrap(keys, place, wrapped);
  const again = wrap(newest, place, dataKey);
  dataKey.fill(0);
  return again;
}

function wrap(key: SealingKey, place: SecretPlace, dataKey: Buffer): WrappedKey {
  const options = { ...padding, key: key.publicKey, oaepLabel: labelOf(place) };
  return { keyId: key.id, wrappedKey: publicEncrypt(options, dataKey) };
}

function unwrap(keys: readonly OpeningKey[], place: SecretPlace, wrapped: WrappedKey): Buffer {
  const key = keys.find(({ id }) => id === wrapped.keyId);
  if (!key) throw new Error(`no private key ${wrapped.keyId} is here to open this secret`);
  const options = { ...padding, key: key.privateKey, oaepLabel: labelOf(place) };
  return privateDecrypt(options, wrapped.wrappedKey);
}

const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

function labelOf({ orgId, id, kind }: SecretPlace): Buffer {
  return Buffer.from(`${orgId}/${id}/${kind}`);
}
