import type { PgBoss } from 'pg-boss';
import type { WorkerInstance } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';

const limit = 1_000;

/** The worker processes that did not stop by themselves, newest first; `live` says whether each is still heard from. */
export async function listWorkers(
  database: Database,
  boss: PgBoss,
  operator: Operator,
): Promise<WorkerInstance[]> {
  await asOperator(database, operator, async () => {});
  const instances = await boss.getInstances({ limit });
  return instances
    .filter(({ stoppedOn }) => stoppedOn === null)
    .map(({ id, name, host, live, startedOn, heartbeatOn }) => ({
      id,
      name: name ?? 'worker',
      host,
      live,
      startedAt: startedOn.toISOString(),
      heardAt: heartbeatOn.toISOString(),
    }));
}
