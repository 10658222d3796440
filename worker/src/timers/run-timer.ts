import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { type TimerJob, timerPayloadVersion } from '@devsphere/shared/queue/timer-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { TakenJob } from '../intake/taken-job.ts';
import { expireUnstarted } from './expire-unstarted.ts';
import { timeOutApproval } from './time-out-approval.ts';

type Dependencies = { database: Database; boss: PgBoss; log: Logger };

/** Does what a time was set for and settles the job; a failure is tried again by the queue. Never rejects. */
export async function runTimer(
  { database, boss, log }: Dependencies,
  job: TakenJob<TimerJob>,
): Promise<void> {
  const delivery = { id: job.id, retryCount: job.retryCount };
  try {
    const { version, ...timer } = job.data;
    if (version !== timerPayloadVersion) throw new Error(`unknown payload version ${version}`);
    const outcome =
      timer.timer === 'approval'
        ? await timeOutApproval(database, boss, timer)
        : await expireUnstarted(database, boss, timer);
    if (outcome === 'too_soon') throw new Error('the clocks differ: it is not over yet');
    await boss.complete(job.name, delivery, { outcome });
    log.info({ ...timer, outcome }, 'timer done');
  } catch (error) {
    log.error({ err: error, jobId: job.id }, 'timer failed');
    await boss
      .fail(job.name, delivery, { message: 'failed' })
      .catch((failure: unknown) => log.error({ err: failure }, 'job could not be settled'));
  }
}
