import type { PgBoss } from 'pg-boss';
import type { WorkerInstance } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';

const limit = 1_000;

/** Troubles are renewed every 5 s; older ones are of workers that recovered or died. */
const freshSeconds = 20;

/**
 * The worker processes that did not stop by themselves, newest first; `live` says whether each is still heard from, and
 * `trouble` why one takes no work although it is.
 */
export async function listWorkers(
  database: Database,
  boss: PgBoss,
  operator: Operator,
): Promise<WorkerInstance[]> {
  const troubles = await asOperator(database, operator, async (tx) => {
    const { rows } = await tx.query<{ host: string; name: string; reason: string }>(
      `select host, name, reason from worker_troubles where seen_at > now() - make_interval(secs => $1) limit ${limit}`,
      [freshSeconds],
    );
    return new Map(rows.map(({ host, name, reason }) => [`${host} ${name}`, reason]));
  });
  const instances = await boss.getInstances({ limit });
  return instances
    .filter(({ stoppedOn }) => stoppedOn === null)
    .map(({ id, name, host, live, startedOn, heartbeatOn }) => ({
      id,
      name: name ?? 'worker',
      host,
      live,
      trouble: (live && troubles.get(`${host} ${name}`)) || null,
      startedAt: startedOn.toISOString(),
      heardAt: heartbeatOn.toISOString(),
    }));
}
