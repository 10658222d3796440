import { z } from 'zod';

/** The setting that lets messages go to http and to addresses inside; `1` in tests and to try things out. */
export const allowPrivateSchema = z
  .enum(['0', '1'], 'must be 0 or 1')
  .default('0')
  .transform((value) => value === '1');
