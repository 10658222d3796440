import { type Database, openDatabase } from '@devsphere/shared/db/database.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import type { PgBoss } from 'pg-boss';
import type { Apart } from './apart/fork-apart.ts';
import { claudeOfOrganization } from './claude/claude-of-organization.ts';
import { ProviderGate } from './claude/provider-gate.ts';
import { handlers } from './handlers/handlers.ts';
import { Runner } from './runner/runner.ts';
import type { WorkerOptions } from './worker-options.ts';

export type OpenRunner = {
  database: Database;
  boss: PgBoss;
  runner: Runner;
  close: () => Promise<void>;
};

/** What runs jobs, with its connections. */
export async function openRunner(
  options: WorkerOptions,
  {
    maxConnections,
    supervise,
    apart = null,
  }: {
    maxConnections: number;
    /** Whether this process watches for dead workers. */
    supervise: boolean;
    apart?: Apart | null;
  },
): Promise<OpenRunner> {
  const { databaseUrl: url, name, log } = options;
  const onError = (error: Error) => log.error({ err: error }, 'database connection failed');
  const database = openDatabase({ url, name, maxConnections, onError });
  const boss = await startBoss({
    url,
    name,
    maxConnections: supervise ? 3 : 1,
    supervise,
    onError,
  });
  const claudeOf = claudeOfOrganization(database, options.outgoing.keys, options.claude);
  const runner = new Runner({
    ...options,
    handlers: options.handlers ?? handlers,
    linkSecret: options.linkSecret ?? null,
    claudeOf,
    gate: new ProviderGate(database, log),
    apart,
    database,
    boss,
  });
  return {
    database,
    boss,
    runner,
    close: async () => {
      await boss.stop({ graceful: false });
      await database.close();
    },
  };
}
