import type { JobInsert, PgBoss } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { groupOf } from '../queue/group-of.ts';
import { isWorthTelling, placeOf, type TaskJob } from '../queue/queues.ts';
import { serviceQueues } from '../queue/service-queues.ts';
import { type TimerJob, timerJob } from '../queue/timer-queue.ts';
import { workNotice } from '../queue/work-notice.ts';
import type { PreparedSubmission } from './prepare-submission.ts';

type Sent = Pick<Tx, 'query' | 'announceAfterCommit' | 'commitAlong'>;

/**
 * Sends the jobs of submissions whose rows are written, one statement a queue, and the commit along with them. The
 * transaction is the queue's owner already and ends here.
 */
export async function sendTaskJobs(
  tx: Sent,
  boss: PgBoss,
  submissions: readonly PreparedSubmission[],
): Promise<void> {
  // Known already, but for an organisation's first in a while.
  const groups = await Promise.all(submissions.map(({ orgId }) => groupOf(boss, orgId)));
  const byQueue = new Map<string, Array<JobInsert<TaskJob | TimerJob>>>();
  const add = (queue: string, job: JobInsert<TaskJob | TimerJob>) => {
    const jobs = byQueue.get(queue);
    if (jobs) jobs.push(job);
    else byQueue.set(queue, [job]);
  };
  for (const [index, { orgId, taskId, queue, job, expiresAt }] of submissions.entries()) {
    const group = groups[index];
    add(placeOf(queue, job.startAfter), group ? { ...job, group } : job);
    if (isWorthTelling(job.startAfter)) {
      // One alone is named, so that a worker at rest need not look for it.
      const isAlone = submissions.length === 1 && !job.startAfter;
      const notice = isAlone ? workNotice({ queue, jobId: job.id, orgId, taskId }) : queue;
      tx.announceAfterCommit('work', notice);
    }
    if (expiresAt)
      add(serviceQueues.timers.name, timerJob({ timer: 'expiry', orgId, taskId }, expiresAt));
    tx.announceAfterCommit('events', `${orgId}/${taskId}`);
  }
  let left = byQueue.size;
  await Promise.all(
    [...byQueue].map(async ([queue, jobs]) => {
      const executeSql = async (text: string, values?: unknown[]) => {
        const answer = tx.query(text, values);
        left -= 1;
        if (left === 0) tx.commitAlong();
        return { rows: (await answer).rows };
      };
      const ids = await boss.insert(queue, jobs, { db: { executeSql }, returnId: true });
      if (ids?.length !== jobs.length)
        throw new Error(`the queue ${queue} did not take all of the jobs`);
    }),
  );
}
