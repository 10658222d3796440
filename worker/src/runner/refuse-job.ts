import type { PgBoss } from 'pg-boss';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { buryJob } from './bury-job.ts';

/** Sends a job that can't be understood to the dead-letter queue at once, with the reason. */
export async function refuseJob(boss: PgBoss, job: TakenJob, code: string): Promise<void> {
  await buryJob(boss, boss.getDb(), deliveryOf(job), { code });
}
