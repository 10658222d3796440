import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRateLimiter, type RateLimiter } from '../src/limits/rate-limiter.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

const limits = { signInToAccount: { points: 2, seconds: 60 } };
let db: TestDatabase;
const errors: Error[] = [];
const opened: RateLimiter[] = [];

function open(url: string): RateLimiter {
  const limiter = openRateLimiter({ url, name: 'test', limits, onError: (e) => errors.push(e) });
  opened.push(limiter);
  return limiter;
}

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(opened.map((limiter) => limiter.close()));
  await db.close();
});

describe('a limit', () => {
  test('holds for each key alone, and is lifted when it is forgiven', async () => {
    const limiter = open(db.url);
    const take = async (key: string) => (await limiter.take('signInToAccount', key)).allowed;
    expect([await take('a'), await take('a'), await take('a')]).toEqual([true, true, false]);
    expect(await take('b')).toBe(true);
    await limiter.forgive('signInToAccount', 'a');
    expect(await take('a')).toBe(true);
  });

  test('is counted together by processes, and starts anew when its time is over', async () => {
    const [one, two] = [open(db.url), open(db.url)];
    await one.take('signInToAccount', 'shared');
    await two.take('signInToAccount', 'shared');
    const refused = await one.take('signInToAccount', 'shared');
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    expect(refused.resetSeconds).toBeGreaterThan(50);
    await db.admin.query(`update app.rate_limits set expire = 0 where key like '%shared'`);
    expect((await two.take('signInToAccount', 'shared')).allowed).toBe(true);
  });

  test('is kept by each process alone while the database is away, and nothing fails', async () => {
    const away = open('postgresql://devsphere_app:x@127.0.0.1:9/none');
    const take = async () => (await away.take('signInToAccount', 'a')).allowed;
    expect([await take(), await take(), await take()]).toEqual([true, true, false]);
  });

  test('is counted by a role that sees nothing else', async () => {
    const client = new pg.Client({
      connectionString: db.url,
      options: '-c role=devsphere_limiter',
    });
    await client.connect();
    try {
      await client.query('select 1 from app.rate_limits');
      for (const table of ['public.tasks', 'public.api_keys', 'app.permissions', 'pgboss.job'])
        await expect(client.query(`select 1 from ${table}`)).rejects.toMatchObject({
          code: '42501',
        });
    } finally {
      await client.end();
    }
  });
});
