import { once } from 'node:events';
import type { VerifyToken } from '@devsphere/shared/auth/verify-token.ts';
import type { OutgoingSettings } from '@devsphere/shared/commands/outgoing-context.ts';
import { openDatabase } from '@devsphere/shared/db/database.ts';
import { Listener } from '@devsphere/shared/db/listener.ts';
import { openRateLimiter, type RateLimiterOptions } from '@devsphere/shared/limits/rate-limiter.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import type { StorageForPrograms } from '@devsphere/shared/storage/file-token.ts';
import { createApp } from './app.ts';
import { EventHub } from './events/event-hub.ts';
import { SharedReads } from './events/shared-reads.ts';

export type ApiOptions = {
  databaseUrl: string;
  /** Of the pool that serves requests. */
  connections?: number;
  verifyToken: VerifyToken;
  host: string;
  port: number;
  trustedProxies?: number;
  /** Whether the world reaches this API over https. */
  isSecure?: boolean;
  /** Where files are; without it downloads are refused. */
  storage?: StorageForPrograms | null;
  /** Rate limits that differ from the list. */
  limits?: RateLimiterOptions['limits'];
  outgoing: OutgoingSettings;
  log: Logger;
};
export type Api = { url: string; stop: () => Promise<void> };

/** Starts the HTTP API. Stopping ends open event streams (clients reconnect elsewhere), then requests, then pools. */
export async function startApi({
  databaseUrl,
  connections = 10,
  verifyToken,
  host,
  port,
  trustedProxies = 0,
  isSecure = false,
  storage = null,
  limits,
  outgoing,
  log,
}: ApiOptions): Promise<Api> {
  const onError = (error: Error) => log.error({ err: error }, 'database connection failed');
  const database = openDatabase({
    url: databaseUrl,
    name: 'api',
    maxConnections: connections,
    onError,
  });
  const boss = await startBoss({
    url: databaseUrl,
    name: 'api',
    maxConnections: 1,
    supervise: false,
    onError,
  });
  const limiter = openRateLimiter({
    url: databaseUrl,
    name: 'api',
    ...(limits ? { limits } : {}),
    onError,
  });
  const hub = new EventHub();
  const listener = new Listener({
    url: databaseUrl,
    name: 'api-listen',
    on: {
      events: (path) => hub.changed(path),
      access: (orgId) => hub.accessChanged(orgId),
    },
    onConnect: () => hub.changedEverywhere(),
    onError,
  });
  await listener.start();
  const app = createApp({
    database,
    boss,
    hub,
    reads: new SharedReads(database),
    verifyToken,
    limiter,
    isSecure,
    storage,
    log,
    isListening: () => listener.connected,
    trustedProxies,
    outgoing,
  });
  const server = app.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const boundPort = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host}:${boundPort}`,
    stop: async () => {
      const followed = hub.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      await followed;
      await listener.close();
      await boss.stop({ graceful: false });
      await limiter.close();
      await database.close();
    },
  };
}
