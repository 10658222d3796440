import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { readEnv } from '../src/env.ts';

test('a bad setting is named in a sentence, and its value is never repeated', () => {
  const schema = z.object({
    PORT: z.coerce.number().int(),
    SECRET: z.string().min(32, 'must have at least 32 characters'),
  });
  expect(() => readEnv(schema, { PORT: '80', SECRET: 'canary' })).toThrow(
    'SECRET: must have at least 32 characters.',
  );
  try {
    readEnv(schema, { PORT: 'canary', SECRET: 'canary' });
  } catch (error) {
    expect(String(error)).not.toContain('canary');
  }
});
