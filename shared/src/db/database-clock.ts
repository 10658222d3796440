import type pg from 'pg';

const question = {
  text: 'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  // A connection that opens but never answers is of no use.
  query_timeout: 5_000,
};

/**
 * What time it is for the database, whose clock decides when things are due; a process's own may be minutes off. Read when a
 * connection opens, carried on by the monotonic clock, and as exact as half of that round trip.
 */
export class DatabaseClock {
  /** Milliseconds since 1970 when the monotonic clock was at zero. */
  #zero: number | undefined;

  /** Reads the clock over a connection that has just opened. */
  async read(client: pg.ClientBase): Promise<void> {
    const before = performance.now();
    const { rows } = await client.query<{ now: number }>(question);
    const middle = (before + performance.now()) / 2;
    if (rows[0]) this.#zero = rows[0].now - middle;
  }

  /** Undefined before the first connection. */
  get now(): Date | undefined {
    return this.#zero === undefined ? undefined : new Date(this.#zero + performance.now());
  }
}
