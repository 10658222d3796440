import type { PgBoss } from 'pg-boss';
import type { Tx } from '../../db/doors.ts';
import { sendTaskJob } from '../../queue/send-task-job.ts';
import { cancelTimer } from '../../queue/timer-queue.ts';

/** What the database's functions answer that let a task go on. */
export type Continued = { outcome: string; job_queue: string; priority: number };

type Ids = { orgId: string; taskId: string; approvalId: string; jobId: string };

/** Sends the job of a task that goes on after its approval, in the transaction that answered. */
export async function continueTask(
  tx: Tx,
  boss: PgBoss,
  { orgId, taskId, approvalId, jobId }: Ids,
  { job_queue: queue, priority }: Continued,
): Promise<void> {
  await sendTaskJob(tx, boss, { orgId, taskId, queue, jobId, priority });
  await cancelTimer(tx, boss, approvalId);
  tx.announceAfterCommit('events', `${orgId}/${taskId}`);
}
