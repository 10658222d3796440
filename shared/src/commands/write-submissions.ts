import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { asEach } from '../db/doors.ts';
import type { TaskSummaryRow } from '../queries/task-rows.ts';
import type { Caller } from './command-context.ts';
import type { PreparedSubmission } from './prepare-submission.ts';
import { sendTaskJobs } from './send-task-jobs.ts';

/** A submission and who makes it. */
export type Submitting = { actor: Caller; submission: PreparedSubmission };

/** Writes submissions of anybody in one transaction and one round trip, each with its own actor's rights: all or none. */
export function writeSubmissions(
  database: Database,
  boss: PgBoss,
  all: readonly Submitting[],
): Promise<TaskSummaryRow[]> {
  const works = all.map(({ actor, submission }, index) => ({
    actor,
    work: (turn: Parameters<PreparedSubmission['writeRow']>[0]) =>
      submission.writeRow(turn, index === all.length - 1),
  }));
  return asEach(database, works, async (tx, rows) => {
    const submissions = all.map(({ submission }) => submission);
    const [written] = await Promise.all([rows, sendTaskJobs(tx, boss, submissions)]);
    return written;
  });
}
