import { sql } from 'kysely';
import { asActor } from '../../db/doors.ts';
import { bossInTransaction } from '../../queue/boss-in-transaction.ts';
import { queues } from '../../queue/queues.ts';
import type { CommandContext } from '../command-context.ts';

const tasksPerBatch = 2_000;
/** What is beyond this comes by itself: a held job looks again after its while. */
const batches = 50;

/** Jobs that were put aside while the organisation was paused become due, the oldest tasks first. */
export async function wakeWaitingTasks(
  { database, actor }: CommandContext,
  orgId: string,
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (let batch = 0; batch < batches; batch += 1) {
    const last = await asActor(database, actor, async (tx) => {
      const tasks = await tx.db
        .selectFrom('tasks')
        .select(['id', 'job_id'])
        .where('org_id', '=', orgId)
        .where('state', '=', 'queued')
        .where('run_at', '<=', sql<Date>`now()`)
        .where('id', '>', after)
        .orderBy('id')
        .limit(tasksPerBatch)
        .execute();
      await bossInTransaction(tx).db.executeSql(
        `update pgboss.job set start_after = now()
         where name = any($1) and id = any($2::uuid[]) and state in ('created', 'retry') and start_after > now()`,
        [Object.values(queues).map(({ name }) => name), tasks.map(({ job_id }) => job_id)],
      );
      // Workers see again who is held, and then what waits.
      tx.announceAfterCommit('queues', orgId);
      return tasks.length < tasksPerBatch ? undefined : tasks.at(-1)?.id;
    });
    if (!last) return;
    after = last;
  }
}
