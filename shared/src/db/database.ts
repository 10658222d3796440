import pg from 'pg';
import { Announcer } from './announcer.ts';
import { DatabaseClock } from './database-clock.ts';

export type Database = {
  pool: pg.Pool;
  announcer: Announcer;
  /** What time it is for the database. Throws when it can't be reached and has not been asked yet. */
  now: () => Promise<Date>;
  close: () => Promise<void>;
};

// Money and sequence numbers are bigint in SQL and stay below 2^53 (nine million dollars in nano-dollars).
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint does not fit a number');
  return value;
});

export type DatabaseOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  maxConnections: number;
  /** Whether idle connections stay: on a new one every statement is planned anew. */
  keepOpen?: boolean;
  onError: (error: Error) => void;
};

/** After so long a connection is replaced, and with it what it knows of the clock and of plans. */
const lifetimeSeconds = 300;

/**
 * Opens the pool of a process. Statements are pipelined: those sent without waiting share a round trip.
 * The login can do nothing by itself; see `asActor` and `asSystem`.
 */
export function openDatabase({
  url,
  name,
  maxConnections,
  keepOpen = false,
  onError,
}: DatabaseOptions): Database {
  const clock = new DatabaseClock();
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: maxConnections,
    // One stays for what is asked now and then: opening another costs more than asking.
    min: 1,
    maxLifetimeSeconds: lifetimeSeconds,
    idleTimeoutMillis: keepOpen ? 0 : 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    pipeline: true,
    onConnect: (client) => clock.read(client),
    options:
      '-c statement_timeout=15s -c idle_in_transaction_session_timeout=15s -c lock_timeout=10s',
  });
  pool.on('error', onError);
  // The pool listens to idle clients only: one that is lost in the middle of a transaction would end the process. Who
  // waits for its statement hears of the loss there.
  pool.on('connect', (client) => client.on('error', () => {}));
  const announcer = new Announcer(pool, onError);
  let reading: Promise<void> | undefined;
  /** All who ask before there is a connection wait for the same one. */
  const firstReading = () => {
    reading ??= pool
      .connect()
      .then((client) => client.release())
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return {
    pool,
    announcer,
    now: async () => {
      if (!clock.now) await firstReading();
      return clock.now ?? new Date();
    },
    close: async () => {
      await announcer.settle();
      await pool.end();
    },
  };
}
