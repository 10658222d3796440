import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../../scripts/system/ports.ts';
import { startCluster } from '../../../supabase/embedded/cluster.ts';
import { prepareAuth } from '../../../supabase/embedded/gateway.ts';
import { migrate } from '../../../supabase/embedded/migrate.ts';
import { startBoss } from '../queue/boss.ts';
import { ensureQueues } from '../queue/ensure-queues.ts';
import { testSealing } from './test-sealing.ts';
import { templateName, testServer } from './test-server.ts';

/** A test database is never recovered, so waiting for the disk buys nothing. */
const forgetful = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].flatMap(
  (setting) => ['-c', setting],
);

export type TestServerOptions = {
  /** PostgreSQL's own settings, which a benchmark and a crash need; tests do without, being faster. */
  durable?: boolean;
  /** Where its data go; a temporary folder unless told otherwise. It is deleted with the server. */
  dataDir?: string;
  flags?: string[];
};

export type TestServer = {
  /** Ends it at once, as a power cut does; does nothing when it is down already. */
  crash: () => Promise<void>;
  /** Starts it again on its data. */
  start: () => Promise<void>;
  isRunning: () => boolean;
  /** Stops it and deletes its data. */
  stop: () => Promise<void>;
};

/**
 * Starts one PostgreSQL for the whole run, with one migrated template that each test file clones, and tells the
 * environment where it is.
 */
export async function openTestServer({
  durable = false,
  dataDir: wantedDir,
  flags = [],
}: TestServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const dataDir = wantedDir ?? (await mkdtemp(join(tmpdir(), 'devsphere-test-')));
  const options = {
    dataDir,
    port,
    adminPassword: password,
    ownerPassword: password,
    flags: [...(durable ? [] : forgetful), ...flags],
  };
  let cluster = await startCluster(options);
  testServer.publish({ port, password });
  testSealing.publish();
  const admin = new pg.Client(testServer.url('supabase_admin', 'postgres'));
  await admin.connect();
  await admin.query(`create database ${templateName} owner postgres`);
  const ownerUrl = testServer.url('postgres', templateName);
  const auth = await prepareAuth({
    ownerUrl,
    port: 0,
    jwtSecret: testServer.jwtSecret,
    publishableKey: 'sb_publishable_test',
    siteUrl: 'http://localhost:3000',
    mailboxDir: join(dataDir, 'mail'),
    storageDir: join(dataDir, 'storage'),
  });
  await auth.connection.close();
  await migrate(ownerUrl);
  await admin.query(`alter role devsphere_app password '${password}'`);
  await admin.end();
  const boss = await startBoss({
    url: testServer.url('devsphere_app', templateName),
    name: 'setup',
    maxConnections: 1,
    supervise: false,
    onError: () => {},
  });
  await ensureQueues(boss);
  await boss.stop({ graceful: false });
  return {
    isRunning: () => cluster.isRunning(),
    crash: () => cluster.crash(),
    start: async () => {
      cluster = await startCluster(options);
    },
    stop: async () => {
      await cluster.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
