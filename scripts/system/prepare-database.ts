import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { ensureQueues } from '@devsphere/shared/queue/ensure-queues.ts';
import pg from 'pg';
import { migrate } from '../../supabase/embedded/migrate.ts';
import type { Addresses, Settings } from './settings.ts';

/** Migrations, the password of our login, queues, statistics. Safe to repeat; only what is missing is done. */
export async function prepareDatabase(settings: Settings, at: Addresses): Promise<void> {
  if (at.ownerDatabase) await migrate(at.ownerDatabase);
  if (at.embedded && at.ownerDatabase) {
    const owner = new pg.Client(at.ownerDatabase);
    await owner.connect();
    try {
      await owner.query(
        `alter role devsphere_app password ${owner.escapeLiteral(settings.secrets.app)}`,
      );
    } finally {
      await owner.end();
    }
  }
  const boss = await startBoss({
    url: at.appDatabase,
    name: 'start',
    maxConnections: 1,
    supervise: false,
    onError: () => {},
  });
  try {
    await ensureQueues(boss);
    // A plan prepared while a table was empty stays bad until its statistics are known.
    await boss.getDb().executeSql('analyze pgboss.job_common');
  } finally {
    await boss.stop({ graceful: false });
  }
}
