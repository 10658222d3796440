import type { Job, PgBoss } from 'pg-boss';
import { bossFail } from './boss-fail.ts';

/** Sends a job that can't be understood to the dead-letter queue at once, with the reason. */
export async function refuseJob(boss: PgBoss, job: Job, code: string): Promise<void> {
  await bossFail(
    boss,
    boss.getDb(),
    { queue: job.name, id: job.id, delivery: job.retryCount },
    { retries: 0, delaySeconds: 0 },
    { code },
  );
}
