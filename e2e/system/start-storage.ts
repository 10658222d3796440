import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { testServer } from '@devsphere/shared/testing/test-server.ts';
import { freePort } from '../../scripts/system/ports.ts';
import { startGateway } from '../../supabase/embedded/gateway.ts';

export type TestStorage = {
  supabaseUrl: string;
  publishableKey: string;
  jwtSecret: string;
  /** Where its files are. */
  folder: string;
  stop: () => Promise<void>;
};

/** The embedded Supabase in front of a test's database, for its storage. */
export async function startStorage(db: TestDatabase): Promise<TestStorage> {
  const home = await mkdtemp(join(tmpdir(), 'devsphere-storage-'));
  const port = await freePort();
  const folder = join(home, 'storage');
  const publishableKey = 'sb_publishable_test';
  const { jwtSecret } = testServer;
  const gateway = await startGateway({
    ownerUrl: testServer.url('postgres', new URL(db.url).pathname.slice(1)),
    port,
    jwtSecret,
    publishableKey,
    siteUrl: 'http://localhost:3000',
    mailboxDir: join(home, 'mail'),
    storageDir: folder,
  });
  return {
    supabaseUrl: `http://127.0.0.1:${port}`,
    publishableKey,
    jwtSecret,
    folder,
    stop: async () => {
      await gateway.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
