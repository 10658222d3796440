import type { TaskEvent } from '../contracts/events/task-event.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import type { Query } from '../db/query.ts';
import { AppError } from '../errors.ts';
import type { TaskState } from '../tasks/states.ts';
import { restOfText, type StoredText } from './rest-of-text.ts';

export type EventRange = { orgId: string; taskId: string; afterSeq: number; limit: number };
export type TaskEventsPage = { state: TaskState; lastSeq: number; events: TaskEvent[] };

/**
 * Events after a sequence number, oldest first, with the task's state in the same snapshot: when the state is
 * terminal and `lastSeq` is reached, nothing more will come. Text that was merged after the task's end begins where the
 * reader left off. Throws `not_found` for a task the actor can't see.
 */
export async function listTaskEvents(
  database: Database,
  actor: Actor,
  range: EventRange,
): Promise<TaskEventsPage> {
  const { text, values, of } = taskEventsQuery(range);
  const { rows } = await asActor(database, actor, (tx) => tx.query(text, values));
  return of(rows);
}

type Row = {
  state: TaskState;
  event_seq: number;
  seq: number | null;
  type: string;
  data: unknown;
  created_at: Date;
};

/** The query of `listTaskEvents`: one statement, one snapshot, so that the row and its events agree. */
export function taskEventsQuery({
  orgId,
  taskId,
  afterSeq,
  limit,
}: EventRange): Query<TaskEventsPage> {
  return {
    text: `select t.state, t.event_seq, e.seq, e.type, e.data, e.created_at
       from tasks t
       left join lateral (
         select seq, type, data, created_at from task_events
         where org_id = t.org_id and task_id = t.id and seq > $3
         order by seq limit $4
       ) e on true
       where t.org_id = $1 and t.id = $2
       order by e.seq`,
    values: [orgId, taskId, afterSeq, limit],
    of: (rows) => toPage(rows as Row[], afterSeq),
  };
}

function toPage(rows: Row[], afterSeq: number): TaskEventsPage {
  const [first] = rows;
  if (!first) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  const events = rows
    .filter((row) => row.seq !== null)
    .map(
      (row) =>
        ({
          seq: row.seq,
          type: row.type,
          at: row.created_at.toISOString(),
          data: row.type === 'text' ? restOfText(row.data as StoredText, afterSeq) : row.data,
        }) as TaskEvent,
    );
  return { state: first.state, lastSeq: first.event_seq, events };
}
