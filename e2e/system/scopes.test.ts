import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDocument } from '../fuzz/operations.ts';
import { askWithEveryKey, type KeyRing, makeKeyRing } from '../routes/scopes.ts';
import { type System, startSystem } from './start-system.ts';

const plenty = { points: 1_000_000, seconds: 60 };
const document = readDocument();
let system: System;
let ring: KeyRing;

beforeAll(async () => {
  system = await startSystem({ limits: { person: plenty, apiKey: plenty, refusedToken: plenty } });
  ring = await makeKeyRing(system, document);
});
afterAll(() => system.stop());

describe('a key without the scope is told so first, and one with it is let through', () => {
  test.each(
    document.operations.map(
      (operation) => [`${operation.method} ${operation.path}`, operation] as const,
    ),
  )('%s', async (_, operation) => {
    expect(await askWithEveryKey(ring, operation)).toEqual([]);
  });
});
