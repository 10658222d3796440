import 'server-only';
import { createTokenVerifier, type VerifyToken } from '@devsphere/shared/auth/verify-token.ts';
import { type Database, openDatabase } from '@devsphere/shared/db/database.ts';
import { openRateLimiter, type RateLimiter } from '@devsphere/shared/limits/rate-limiter.ts';
import { widenedForAddresses } from '@devsphere/shared/limits/rate-limits.ts';
import { createLogger, type Logger } from '@devsphere/shared/log.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import type { PgBoss } from 'pg-boss';
import { webEnv } from '../env.ts';

// Small on purpose: a page's statements share one pipelined connection.
const databaseConnections = 8;
const queueConnections = 2;

type Services = {
  log?: Logger;
  database?: Database;
  boss?: Promise<PgBoss>;
  verifyToken?: VerifyToken;
  limiter?: RateLimiter;
};

// On globalThis because Next may load this module more than once in a process.
const shared = globalThis as { devsphereServices?: Services };
shared.devsphereServices ??= {};
const services = shared.devsphereServices;

/** The process's logger. */
export function log(): Logger {
  services.log ??= createLogger('web', webEnv().LOG_LEVEL);
  return services.log;
}

/** The process's one database. */
export function database(): Database {
  services.database ??= openDatabase({
    url: webEnv().DATABASE_URL,
    name: 'devsphere-web',
    maxConnections: databaseConnections,
    onError: (error) => log().error({ err: error }, 'database connection lost'),
  });
  return services.database;
}

/** The process's one queue client, started on first use; a failed start is tried again by the next caller. */
export function boss(): Promise<PgBoss> {
  services.boss ??= startBoss({
    url: webEnv().DATABASE_URL,
    name: 'devsphere-web',
    maxConnections: queueConnections,
    supervise: false,
    onError: (error) => log().error({ err: error }, 'queue error'),
  }).catch((error: unknown) => {
    delete services.boss;
    throw error;
  });
  return services.boss;
}

/** The process's counts of requests, shared with every other process. */
export function limiter(): RateLimiter {
  services.limiter ??= openRateLimiter({
    url: webEnv().DATABASE_URL,
    name: 'devsphere-web',
    limits: widenedForAddresses(webEnv().ADDRESS_LIMIT_FACTOR),
    onError: (error) => log().error({ err: error }, 'counting requests failed'),
  });
  return services.limiter;
}

/** Checks access tokens; throws `unauthenticated` for one that is not valid now. */
export function verifyToken(token: string): ReturnType<VerifyToken> {
  services.verifyToken ??= createTokenVerifier({
    supabaseUrl: webEnv().SUPABASE_URL,
    jwtSecret: webEnv().SUPABASE_JWT_SECRET ?? null,
  });
  return services.verifyToken(token);
}
