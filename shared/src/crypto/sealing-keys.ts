import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

/** What seals: whoever has it can write secrets and read none. */
export type SealingKey = { id: string; publicKey: KeyObject };
/** What opens; the worker alone has it. */
export type OpeningKey = SealingKey & { privateKey: KeyObject };

const modulusBits = 3072;

/** Reads a public key, DER in base64. Throws a sentence when it is none, or too short. */
export function readSealingKey(text: string): SealingKey {
  try {
    return named(
      createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
    );
  } catch (error) {
    throw new Error('is not an RSA public key of at least 3072 bits (DER, base64)', {
      cause: error,
    });
  }
}

/** Reads private keys, DER in base64, separated by commas; the first is the newest. */
export function readOpeningKeys(text: string): OpeningKey[] {
  try {
    return text.split(',').map((part) => {
      const key = Buffer.from(part.trim(), 'base64');
      const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
      return { ...named(createPublicKey(privateKey)), privateKey };
    });
  } catch (error) {
    throw new Error('is not a list of RSA private keys of at least 3072 bits (DER, base64)', {
      cause: error,
    });
  }
}

/** A new pair, as the environment holds it. */
export function generateSealingPair(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: modulusBits });
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
}

/** A key is named by a digest of its public half, so that nobody has to hand out names. */
function named(publicKey: KeyObject): SealingKey {
  if (
    publicKey.asymmetricKeyType !== 'rsa' ||
    (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < modulusBits
  )
    throw new Error('wrong kind of key');
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return { id: createHash('sha256').update(der).digest('hex').slice(0, 16), publicKey };
}
