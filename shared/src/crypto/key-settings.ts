import { z } from 'zod';
import { readOpeningKeys, readSealingKey } from './sealing-keys.ts';

/** A setting that holds the public key secrets are sealed with. */
export const sealingKeySchema = z.string().transform((text, context) => {
  try {
    return readSealingKey(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** A setting that holds the private keys sealed secrets are opened with, the newest first. */
export const openingKeysSchema = z.string().transform((text, context) => {
  try {
    return readOpeningKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
