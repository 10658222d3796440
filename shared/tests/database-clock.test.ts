import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

test('a process whose clock is minutes off goes by the clock of the database', async () => {
  const wrong = Date.now() - 600_000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(wrong);
  const now = await db.database.now();
  clock.mockRestore();
  const { rows } = await db.admin.query('select clock_timestamp() as now');
  expect(rows[0].now.getTime() - now.getTime()).toBeGreaterThanOrEqual(-1_000);
  expect(rows[0].now.getTime() - now.getTime()).toBeLessThan(60_000);
});
