import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import {
  type ApprovalJob,
  approvalPayloadVersion,
} from '@devsphere/shared/queue/approval-queue.ts';
import type { Job, PgBoss } from 'pg-boss';
import { timeOutApproval } from './time-out-approval.ts';

type Dependencies = { database: Database; boss: PgBoss; log: Logger };

/** Ends an approval nobody answered in time and settles the job; a failure is tried again by the queue. Never rejects. */
export async function runApprovalTimeout(
  { database, boss, log }: Dependencies,
  job: Job<ApprovalJob>,
): Promise<void> {
  const delivery = { id: job.id, retryCount: job.retryCount };
  try {
    const { version, ...ids } = job.data;
    if (version !== approvalPayloadVersion) throw new Error(`unknown payload version ${version}`);
    const outcome = await timeOutApproval(database, boss, ids);
    if (outcome === 'too_soon') throw new Error('the clocks differ: it is not over yet');
    await boss.complete(job.name, delivery, { outcome });
    log.info({ ...ids, outcome }, 'approval timed out');
  } catch (error) {
    log.error({ err: error, jobId: job.id }, 'approval could not be timed out');
    await boss
      .fail(job.name, delivery, { message: 'failed' })
      .catch((failure: unknown) => log.error({ err: failure }, 'job could not be settled'));
  }
}
