import type pg from 'pg';

/** Often enough to be exact, seldom enough not to be what is measured. */
const pollMilliseconds = 100;
const patienceMilliseconds = 300_000;

/** Resolves when the statement, which returns `n`, counts so many. */
export async function untilCount(pool: pg.Pool, sql: string, count: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(sql);
    if ((rows[0]?.n ?? 0) >= count) return;
    if (performance.now() - began > patienceMilliseconds)
      throw new Error(`only ${rows[0]?.n} of ${count}`);
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
