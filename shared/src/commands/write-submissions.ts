import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { asEach, type Turn, type Tx } from '../db/doors.ts';
import type { TaskSummaryRow } from '../queries/task-rows.ts';
import { actorId, type Caller } from './command-context.ts';
import type { PreparedSubmission } from './prepare-submission.ts';
import { sendTaskJobs } from './send-task-jobs.ts';
import { writeTaskRows } from './write-task-rows.ts';

/** A submission and who makes it. */
export type Submitting = { actor: Caller; submission: PreparedSubmission };

/** Writes submissions of anybody in one transaction and one round trip, each with its own actor's rights: all or none. */
export function writeSubmissions(
  database: Database,
  boss: PgBoss,
  all: readonly Submitting[],
): Promise<TaskSummaryRow[]> {
  const byActor = [...Map.groupBy(all, ({ actor }) => `${actor.type} ${actorId(actor)}`).values()];
  const works = byActor.flatMap((theirs, index) => {
    const [first] = theirs;
    const submissions = theirs.map(({ submission }) => submission);
    const endAsQueueOwner = index === byActor.length - 1;
    const work = (turn: Turn) => writeTaskRows(turn, submissions, { endAsQueueOwner });
    return first ? [{ actor: first.actor, work }] : [];
  });
  const submissions = all.map(({ submission }) => submission);
  const finish = async (tx: Tx, rows: Promise<TaskSummaryRow[][]>) => {
    const [written] = await Promise.all([rows, sendTaskJobs(tx, boss, submissions)]);
    const byId = new Map(written.flat().map((row) => [row.id, row]));
    return submissions.map(({ taskId }) => {
      const row = byId.get(taskId);
      if (!row) throw new Error('a submission came back without its row');
      return row;
    });
  };
  return asEach(database, works, finish, all.length > 1);
}
