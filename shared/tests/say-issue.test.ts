import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { validate } from '../src/validate.ts';

const schema = z.strictObject({
  name: z.string().max(5),
  tags: z.array(z.string()).min(1).optional(),
  role: z.enum(['viewer', 'member']).optional(),
});

describe('a refused value is told in words for people', () => {
  test.each([
    [{ name: 'x'.repeat(10_000) }, 'name: May have at most 5 characters'],
    [{ name: 'x', tags: [] }, 'tags: Must have at least 1 entries'],
    [{ name: 'x', role: 'king' }, 'role: Must be one of viewer, member'],
    [{}, 'name: Is missing'],
    [{ name: 'x', surprise: 1 }, '(body): Is not known here: surprise'],
  ])('%#', (value, words) => {
    expect(() => validate(schema, value)).toThrow(words);
  });
});
