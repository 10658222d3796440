import type { PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { groupOf } from './group-of.ts';
import { isWorthTelling, jobPayloadVersion, placeOf, type TaskJob } from './queues.ts';

export type QueuedTask = {
  orgId: string;
  taskId: string;
  queue: string;
  jobId: string;
  priority: number;
  /** No worker takes it before then; at once when left out. */
  startAfter?: Date;
};

/** Sends another job of a task that is put back into its queue, in the transaction that puts it there. */
export async function sendTaskJob(
  tx: Tx,
  boss: PgBoss,
  { orgId, taskId, queue, jobId, priority, startAfter }: QueuedTask,
): Promise<void> {
  const job: TaskJob = { version: jobPayloadVersion, orgId, taskId };
  const sent = await boss.send(placeOf(queue, startAfter), job, {
    id: jobId,
    priority,
    group: await groupOf(boss, orgId),
    ...(startAfter ? { startAfter } : {}),
    ...bossInTransaction(tx),
  });
  if (sent !== jobId) throw new Error('the queue did not take the job');
  if (isWorthTelling(startAfter)) tx.announceAfterCommit('work', queue);
}
