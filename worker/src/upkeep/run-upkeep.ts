import type { Logger } from '@devsphere/shared/log.ts';
import { type UpkeepPayload, upkeepPayloadVersion } from '@devsphere/shared/queue/upkeep-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { TakenJob } from '../intake/taken-job.ts';
import type { UpkeepJob } from './upkeep-job.ts';

/** Runs one upkeep job and settles it; a failure is tried again by the queue. Never rejects. */
export async function runUpkeep(
  { boss, jobs, log }: { boss: PgBoss; jobs: UpkeepJob[]; log: Logger },
  job: TakenJob<UpkeepPayload>,
): Promise<void> {
  const delivery = { id: job.id, retryCount: job.retryCount };
  const known = jobs.find(({ name }) => name === job.data.job);
  const began = performance.now();
  try {
    if (!known || job.data.version !== upkeepPayloadVersion)
      throw new Error(`this worker knows no upkeep job ${job.data.job}`);
    const result = await known.runOnce();
    await boss.complete(job.name, delivery, result);
    const tookMs = Math.round(performance.now() - began);
    log.info({ upkeep: known.name, ...result, tookMs }, 'upkeep done');
  } catch (error) {
    log.error({ err: error, upkeep: job.data.job }, 'upkeep failed');
    await boss
      .fail(job.name, delivery, { message: (error as Error).message })
      .catch((failure: unknown) => log.error({ err: failure }, 'upkeep could not be settled'));
  }
}
