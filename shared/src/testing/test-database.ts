import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { type Database, openDatabase } from '../db/database.ts';
import { startBoss } from '../queue/boss.ts';
import { templateName, testServer } from './test-server.ts';

export type TestDatabase = {
  /** Address for `devsphere_app`, the login of our processes. */
  url: string;
  database: Database;
  boss: PgBoss;
  /** A superuser, for arranging and for looking behind row-level security. */
  admin: pg.Pool;
  /** Closes everything and drops the clone. */
  close: () => Promise<void>;
};

/**
 * A fresh clone of the migrated template, for one test file. Connections that are lost fail the run, unless it is about
 * losing them (`mayBreak`).
 */
export async function createTestDatabase({ mayBreak = false } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await onServer(`create database ${name} template ${templateName} owner postgres`);
  const url = testServer.url('devsphere_app', name);
  const fail = (error: Error) => {
    // Connections are cut on purpose when the clone is dropped.
    if (!closing && !mayBreak) throw error;
  };
  let closing = false;
  const database = openDatabase({ url, name: 'test', maxConnections: 10, onError: fail });
  const boss = await startBoss({
    url,
    name: 'test',
    maxConnections: 2,
    supervise: false,
    onError: fail,
  });
  const admin = new pg.Pool({ connectionString: testServer.url('supabase_admin', name), max: 3 });
  admin.on('error', fail);
  return {
    url,
    database,
    boss,
    admin,
    close: async () => {
      closing = true;
      await boss.stop({ graceful: false });
      await database.close();
      await admin.end();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client(testServer.url('supabase_admin', 'postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
