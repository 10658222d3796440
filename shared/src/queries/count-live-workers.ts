import type { PgBoss } from 'pg-boss';

const mostWorkers = 1_000;

/** Workers that are heard from and have not stopped. */
export async function countLiveWorkers(boss: PgBoss): Promise<number> {
  const instances = await boss.getInstances({ limit: mostWorkers });
  return instances.filter(({ live, stoppedOn }) => live && stoppedOn === null).length;
}
