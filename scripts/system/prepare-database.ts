import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { ensureQueues } from '@devsphere/shared/queue/ensure-queues.ts';
import pg from 'pg';
import { migrate } from '../../supabase/embedded/migrate.ts';

export type DatabaseToPrepare = {
  /** Connection of the owner role; undefined when migrations are run elsewhere. */
  owner: string | undefined;
  /** Connection of our login. */
  app: string;
  /** Given to our login; undefined leaves its password as it is. */
  appPassword: string | undefined;
};

/** Migrations, the password of our login, queues, statistics. Safe to repeat; only what is missing is done. */
export async function prepareDatabase({
  owner,
  app,
  appPassword,
}: DatabaseToPrepare): Promise<void> {
  if (owner) {
    await migrate(owner);
    if (appPassword) await setAppPassword(owner, appPassword);
  }
  const boss = await startBoss({
    url: app,
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

async function setAppPassword(owner: string, password: string): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query(`alter role devsphere_app password ${client.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
}
