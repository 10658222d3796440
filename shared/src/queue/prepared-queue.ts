import pg from 'pg';
import type { Db } from 'pg-boss';
import { statementName } from '../db/run-statement.ts';

export type PreparedQueue = { db: Db; close: () => Promise<void> };

/**
 * A connection as the queue's owner for the few statements a process repeats all the time. They are prepared, which
 * pg-boss's own connections don't do: planning a fetch costs several times what running it does.
 */
export function openPreparedQueue({
  url,
  name,
  onError,
}: {
  url: string;
  name: string;
  onError: (error: Error) => void;
}): PreparedQueue {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `${name}-fetch`,
    // A claim need not wait for the disk: the attempt it leads to is committed after it, and takes it along.
    options: '-c role=devsphere_queue -c statement_timeout=30s -c synchronous_commit=off',
    max: 1,
    // These take milliseconds: no answer means that the way to the database is gone, which nobody else would say.
    query_timeout: 10_000,
    keepAlive: true,
    // Kept open when idle: a new connection would have to plan again.
    idleTimeoutMillis: 0,
  });
  pool.on('error', onError);
  return {
    db: {
      executeSql: (text, values = []) => pool.query({ name: statementName(text), text, values }),
    },
    close: () => pool.end(),
  };
}
