import pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import { type RateLimit, type RateLimitName, rateLimits } from './rate-limits.ts';

/** What is left after a request was counted. */
export type Allowance = {
  allowed: boolean;
  limit: RateLimit;
  remaining: number;
  /** Seconds until the count starts anew; at least 1. */
  resetSeconds: number;
};

export type RateLimiter = {
  /** Counts one request of `key` and says whether it may go on. Never fails: without the database this process counts alone. */
  take: (name: RateLimitName, key: string) => Promise<Allowance>;
  /** Forgets what was counted, as after a sign-in that succeeded. */
  forgive: (name: RateLimitName, key: string) => Promise<void>;
  close: () => Promise<void>;
};

export type RateLimiterOptions = {
  url: string;
  /** Name of the process in pg_stat_activity. */
  name: string;
  /** Limits that differ from the list. */
  limits?: Partial<Record<RateLimitName, RateLimit>>;
  onError: (error: Error) => void;
};

/** The counts gate every request, so a slow database must not hold it for long before this process counts alone. */
const patienceMilliseconds = 1_000;

/**
 * Opens the counts that replicas share: one statement a request, and none for who is already over the limit. Its
 * connections can see nothing but the counts.
 */
export function openRateLimiter({ url, name, limits, onError }: RateLimiterOptions): RateLimiter {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `${name}-limits`,
    max: 2,
    connectionTimeoutMillis: patienceMilliseconds,
    // The server's own timeout is never heard of over a connection that is dead.
    query_timeout: 2 * patienceMilliseconds,
    keepAlive: true,
    // A count that a crash forgets is not worth waiting for the disk.
    options: `-c role=devsphere_limiter -c statement_timeout=${patienceMilliseconds} -c synchronous_commit=off`,
  });
  pool.on('error', onError);
  const counters = new Map<RateLimitName, RateLimiterPostgres>();
  const limitOf = (of: RateLimitName) => limits?.[of] ?? rateLimits[of];
  const counterOf = (of: RateLimitName) => {
    const known = counters.get(of);
    if (known) return known;
    const { points, seconds: duration } = limitOf(of);
    const counter = new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'app',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: of,
      points,
      duration,
      inMemoryBlockOnConsumed: points + 1,
      // One of them deletes what has expired; ten timers would do the same ten times.
      clearExpiredByTimeout: counters.size === 0,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: of, points, duration }),
    });
    counters.set(of, counter);
    return counter;
  };
  return {
    take: async (of, key) => {
      try {
        return allowance(true, limitOf(of), await counterOf(of).consume(key));
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return allowance(false, limitOf(of), refused);
        onError(refused as Error);
        return { allowed: true, limit: limitOf(of), remaining: 0, resetSeconds: 1 };
      }
    },
    forgive: async (of, key) => {
      await counterOf(of).delete(key).catch(onError);
    },
    close: () => pool.end(),
  };
}

function allowance(allowed: boolean, limit: RateLimit, counted: RateLimiterRes): Allowance {
  return {
    allowed,
    limit,
    remaining: counted.remainingPoints,
    resetSeconds: Math.max(1, Math.ceil(counted.msBeforeNext / 1000)),
  };
}

/** What somebody is told who asked too often. */
export function tooMany({ resetSeconds }: Allowance, what = 'Too many requests'): AppError {
  return new AppError('rate_limited', `${what}. Try again in ${inWords(resetSeconds)}.`, {
    retryAfterSeconds: resetSeconds,
  });
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
