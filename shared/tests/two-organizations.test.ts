import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';
import { tryTwins } from '../src/testing/twins/try-twins.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

test('whoever belongs to two organisations gets and changes in one nothing of the other', async () => {
  const { calls, failures } = await tryTwins(db);
  expect(failures).toEqual([]);
  expect(calls).toBeGreaterThan(60);
}, 60_000);
