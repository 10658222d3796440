import type { JobTask } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';
import type { Tx } from '../../db/doors.ts';
import { digestJson } from '../../digest.ts';
import { bossInTransaction } from '../../queue/boss-in-transaction.ts';
import { retryableStates } from '../../tasks/states.ts';
import { tasksOfJobs } from './tasks-of-jobs.ts';

/** Dead letters that one redrive takes at most; the oldest go first. */
export const redriveLimit = 100;

export type DeadLetter = {
  id: string;
  deadSince: Date;
  /** What it delivered; null when the task is gone or the payload can't be read. */
  task: JobTask | null;
};

export type RedrivePreview = {
  /** What would go back to its queue. */
  redrivable: DeadLetter[];
  /** What would stay: its task is gone, unreadable, or already on its way. */
  left: DeadLetter[];
  /** Whether there are dead letters beyond these. */
  more: boolean;
  /** Stands for exactly this: a redrive that would do anything else is refused. */
  digest: string;
};

/** What a redrive of a dead-letter queue would do now, without doing it. */
export function previewRedrive(
  database: Database,
  operator: Operator,
  deadLetterQueue: string,
): Promise<RedrivePreview> {
  return asOperator(database, operator, (tx) => readRedrive(tx, deadLetterQueue));
}

/** The same inside an operator's transaction. */
export async function readRedrive(tx: Tx, deadLetterQueue: string): Promise<RedrivePreview> {
  const { rows } = await bossInTransaction(tx).db.executeSql(
    `select id, created_on, data ->> 'orgId' as org_id, data ->> 'taskId' as task_id
     from pgboss.job where name = $1 and state = 'created' order by created_on limit $2`,
    [deadLetterQueue, redriveLimit + 1],
  );
  const letters = rows.slice(0, redriveLimit) as Array<{
    id: string;
    created_on: Date;
    org_id: string | null;
    task_id: string | null;
  }>;
  const tasks = await tasksOfJobs(
    tx,
    letters.map((letter) => ({ orgId: letter.org_id, taskId: letter.task_id })),
  );
  const read = letters.map((letter, position) => ({
    id: letter.id,
    deadSince: letter.created_on,
    task: tasks[position] ?? null,
  }));
  const seen = new Set<string>();
  const redrivable = read.filter(({ task }) => {
    if (!task || !(retryableStates as readonly string[]).includes(task.state)) return false;
    const first = !seen.has(task.taskId);
    seen.add(task.taskId);
    return first;
  });
  return {
    redrivable,
    left: read.filter((letter) => !redrivable.includes(letter)),
    more: rows.length > redriveLimit,
    digest: digestJson(redrivable.map(({ id, task }) => [id, task?.taskId, task?.eventSeq])),
  };
}
