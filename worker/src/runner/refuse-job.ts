import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { bossInTransaction } from '@devsphere/shared/queue/boss-in-transaction.ts';
import type { TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { PgBoss } from 'pg-boss';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { buryJob } from './bury-job.ts';
import { endUnclaimed } from './end-unclaimed.ts';

const notUnderstood = {
  class: 'fatal',
  message: 'It was sent by another version of DevSphere than the one that was to run it.',
} as const;

/** Sends a job that can't be understood to the dead-letter queue at once, with the reason; the task that waits for it fails. */
export async function refuseJob(
  database: Database,
  boss: PgBoss,
  job: TakenJob<Partial<TaskJob> | null>,
  code: string,
): Promise<void> {
  const { orgId = '', taskId = '' } = job.data ?? {};
  if (!isId(orgId) || !isId(taskId)) {
    await buryJob(boss, boss.getDb(), deliveryOf(job), { code });
    return;
  }
  const error: TaskError = { ...notUnderstood, code };
  await asActor(database, { type: 'task', orgId, taskId }, async (tx) => {
    const { rows } = await tx.query(
      `select from tasks where org_id = $1 and id = $2 and job_id = $3 and state = 'queued' for update`,
      [orgId, taskId, job.id],
    );
    const buried = await buryJob(boss, bossInTransaction(tx).db, deliveryOf(job), { code });
    if (buried === 1 && rows.length === 1)
      await endUnclaimed(tx, boss, { orgId, taskId }, 'failed', error);
  });
}
