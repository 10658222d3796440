import type { Db } from 'pg-boss';
import { queueNamed } from './queues.ts';

/** Removes what a job that failed for good left in the dead-letter queue: its task is taken up again another way. */
export async function clearDeadLetter(db: Db, queue: string, jobId: string): Promise<void> {
  const deadLetter = queueNamed(queue)?.deadLetter;
  if (!deadLetter) return;
  await db.executeSql('delete from pgboss.job where name = $1 and source_root_id = $2', [
    deadLetter,
    jobId,
  ]);
}
