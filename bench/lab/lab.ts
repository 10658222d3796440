import pg from 'pg';
import { startTestServer } from '../../shared/src/testing/start-test-server.ts';
import { testServer } from '../../shared/src/testing/test-server.ts';

/** A PostgreSQL of the run's own, with the durability of production. */
export type Lab = {
  say: (line: string) => void;
  /** An empty database with an owner, for a peer; returns its address. Gone with the lab. */
  createDatabase: (name: string) => Promise<string>;
  close: () => Promise<void>;
};

export async function openLab(say: (line: string) => void): Promise<Lab> {
  const stopServer = await startTestServer({ durable: true });
  return {
    say,
    createDatabase: async (name) => {
      const admin = new pg.Client(testServer.url('supabase_admin', 'postgres'));
      await admin.connect();
      await admin.query(`create database ${name} owner postgres`);
      await admin.end();
      return testServer.url('postgres', name);
    },
    close: stopServer,
  };
}
