import { describe, expect, test } from '@jest/globals';
import { open, rewrap, seal } from '../../src/crypto/sealed-secret.ts';
import {
  generateSealingPair,
  readOpeningKeys,
  readSealingKey,
} from '../../src/crypto/sealing-keys.ts';

const old = generateSealingPair();
const next = generateSealingPair();
const place = { orgId: 'org', id: 'id', kind: 'anthropic' };
const secret = 'sk-ant-näive-🔑';
const oldKeys = readOpeningKeys(old.privateKey);

describe('a sealed secret', () => {
  const sealed = seal(readSealingKey(old.publicKey), place, secret);

  test('opens with the private key, which the sealer does not have', () => {
    expect(open(oldKeys, place, sealed)).toBe(secret);
    expect(JSON.stringify(sealed)).not.toContain(secret);
    expect(open(readOpeningKeys(`${next.privateKey}, ${old.privateKey}`), place, sealed)).toBe(
      secret,
    );
    expect(() => open(readOpeningKeys(next.privateKey), place, sealed)).toThrow(/no private key/);
  });

  test('has a data key of its own: the same text twice has nothing in common', () => {
    const again = seal(readSealingKey(old.publicKey), place, secret);
    expect(again.ciphertext.equals(sealed.ciphertext)).toBe(false);
    expect(again.wrappedKey.equals(sealed.wrappedKey)).toBe(false);
  });

  test.each([
    ['another organisation', { ...place, orgId: 'other' }],
    ['another row', { ...place, id: 'other' }],
    ['another kind', { ...place, kind: 'slack' }],
  ])('does not open in %s', (_where, elsewhere) => {
    expect(() => open(oldKeys, elsewhere, sealed)).toThrow();
  });

  test('does not open when a single bit was changed', () => {
    for (const at of [0, 13, sealed.ciphertext.length - 1]) {
      const ciphertext = Buffer.from(sealed.ciphertext);
      ciphertext.writeUInt8(ciphertext.readUInt8(at) ^ 1, at);
      expect(() => open(oldKeys, place, { ...sealed, ciphertext })).toThrow();
    }
  });

  test('is wrapped again under the newest key without touching what it says', () => {
    const both = readOpeningKeys(`${next.privateKey},${old.privateKey}`);
    const wrapped = rewrap(both, place, sealed);
    expect(wrapped.keyId).toBe(readSealingKey(next.publicKey).id);
    const moved = { ...sealed, ...wrapped };
    expect(moved.ciphertext.equals(sealed.ciphertext)).toBe(true);
    expect(open(readOpeningKeys(next.privateKey), place, moved)).toBe(secret);
  });
});

test('a key that is none, or too short, is refused with a sentence', () => {
  expect(() => readSealingKey('nonsense')).toThrow(/RSA public key/);
  expect(() => readOpeningKeys('nonsense')).toThrow(/RSA private keys/);
});
