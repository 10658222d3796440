import type { PgBoss } from 'pg-boss';
import { deliveriesLimit, keepCompletedSeconds, keepWaitingSeconds, queues } from './queues.ts';
import { ensureQueue, serviceQueues } from './service-queues.ts';

/** Creates the queues that are missing and brings the others' settings up to date. Safe to repeat. */
export async function ensureQueues(boss: PgBoss): Promise<void> {
  for (const queue of Object.values(serviceQueues)) await ensureQueue(boss, queue);
  for (const queue of Object.values(queues)) {
    const { deadLetter, expireInSeconds, heartbeatSeconds } = queue;
    // Its settings never change: whoever takes a letter deletes it.
    if (!(await boss.getQueue(deadLetter))) {
      await boss.createQueue(deadLetter, {
        retentionSeconds: keepWaitingSeconds,
        deleteAfterSeconds: keepWaitingSeconds,
      });
    }
    const settings = {
      retryLimit: deliveriesLimit,
      retryDelay: 0,
      retryBackoff: false,
      expireInSeconds,
      heartbeatSeconds,
      deleteAfterSeconds: keepCompletedSeconds,
      retentionSeconds: keepWaitingSeconds,
      deadLetter,
    };
    // Alike, so that a job that is moved has what it would have had.
    for (const name of [queue.name, queue.later]) await ensureQueue(boss, { name, settings });
  }
}
