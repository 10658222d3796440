import { PgBoss } from 'pg-boss';

export type BossOptions = {
  url: string;
  /** Name in the instance registry, such as `api` or `worker`. */
  name: string;
  maxConnections: number;
  /** Whether this process watches for dead workers and cleans up. */
  supervise: boolean;
  onError: (error: Error) => void;
};

/** Between two counts of what the queues hold. */
const superviseSeconds = 30;
/** We have no jobs that wait for others: it need not look for such. */
const flowSeconds = 24 * 3_600;

/**
 * Passed on to `pg`: beyond the server's own timeout, so that silence means that the way to it is gone. Without it a few dead
 * connections would stop all that pg-boss does, for ever.
 */
const deadConnections = { query_timeout: 25_000, keepAlive: true };

/** Starts pg-boss as the queue's owner: no other schema is visible to its connections, and it never migrates. */
export async function startBoss({
  url,
  name,
  maxConnections,
  supervise,
  onError,
}: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: `${name}-queue`,
    options: '-c role=devsphere_queue -c statement_timeout=20s',
    ...deadConnections,
    max: maxConnections,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise,
    // Counts every job of every queue: not more often than operators need. Workers notice each other's death themselves.
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    flowIntervalSeconds: flowSeconds,
    // Only supervisors write them; without it the others could not read them either.
    persistQueueStats: true,
    registerInstance: supervise,
    instanceName: name,
    // An instance counts as gone after three of these: operators learn of a dead worker in a quarter of a minute.
    instanceHeartbeatSeconds: 5,
  });
  boss.on('error', onError);
  await boss.start();
  return boss;
}
