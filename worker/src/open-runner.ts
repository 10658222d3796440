import { type Database, openDatabase } from '@devsphere/shared/db/database.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import type { PgBoss } from 'pg-boss';
import type { Apart } from './apart/fork-apart.ts';
import { Permits } from './claude/permits.ts';
import { ProviderGate } from './claude/provider-gate.ts';
import { handlers } from './handlers/handlers.ts';
import { Heartbeats } from './runner/heartbeats.ts';
import { Runner } from './runner/runner.ts';
import { TaskWriter } from './runner/task-writer.ts';
import type { WorkerOptions } from './worker-options.ts';

export type OpenRunner = {
  database: Database;
  boss: PgBoss;
  runner: Runner;
  close: () => Promise<void>;
};

export type OpenRunnerOptions = {
  maxConnections: number;
  /** Whether this process counts queues and cleans up for pg-boss. */
  supervise: boolean;
  apart?: Apart | null;
  /** Connections for heartbeats that no other work is in the way of; the runner's own when it has few tasks. */
  beatOver?: Database;
};

/** What runs jobs, with its connections. */
export async function openRunner(
  options: WorkerOptions,
  { maxConnections, supervise, apart = null, beatOver }: OpenRunnerOptions,
): Promise<OpenRunner> {
  const { databaseUrl: url, name, log } = options;
  const onError = (error: Error) => log.error({ err: error }, 'database connection failed');
  const database = openDatabase({ url, name, maxConnections, onError });
  const ofBoss = supervise ? 3 : 1;
  const boss = await startBoss({ url, name, maxConnections: ofBoss, supervise, onError });
  const gate = new ProviderGate(database, log);
  const runner = new Runner({
    ...options,
    handlers: options.handlers ?? handlers,
    linkSecret: options.linkSecret ?? null,
    permits: new Permits({
      database,
      keys: options.outgoing.keys,
      platform: options.claude,
      gate,
    }),
    gate,
    writer: new TaskWriter(database),
    heartbeats: new Heartbeats(beatOver ?? database, log),
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
