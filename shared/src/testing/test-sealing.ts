import {
  generateSealingPair,
  type OpeningKey,
  readOpeningKeys,
  readSealingKey,
  type SealingKey,
} from '../crypto/sealing-keys.ts';

const variable = 'DEVSPHERE_TEST_SEALING';

/** The key pair of a test run; made once by the set-up, since making one takes a second. */
export const testSealing = {
  publish(): void {
    if (process.env[variable]) return;
    const { publicKey, privateKey } = generateSealingPair();
    process.env[variable] = `${publicKey} ${privateKey}`;
  },

  sealingKey(): SealingKey {
    return readSealingKey(pair()[0]);
  },

  openingKeys(): OpeningKey[] {
    return readOpeningKeys(pair()[1]);
  },

  /** As the environment of an API process holds it. */
  publicKey(): string {
    return pair()[0];
  },

  /** As the environment of a worker process holds them. */
  privateKeys(): string {
    return pair()[1];
  },
};

function pair(): [string, string] {
  const [publicKey, privateKey] = process.env[variable]?.split(' ') ?? [];
  if (!publicKey || !privateKey)
    throw new Error('The keys of the tests are not there: start tests with npm test.');
  return [publicKey, privateKey];
}
