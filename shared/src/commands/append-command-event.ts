import type { TaskEventData, TaskEventType } from '../contracts/events/task-event.ts';
import type { Tx } from '../db/doors.ts';

/**
 * Appends the event of a command whose update raised `event_seq` by one, under the row lock that update took.
 * Listeners are told after the commit.
 */
export async function appendCommandEvent<T extends TaskEventType>(
  tx: Tx,
  task: { org_id: string; id: string; event_seq: number },
  type: T,
  data: TaskEventData<T>,
): Promise<void> {
  await tx.db
    .insertInto('task_events')
    .values({
      org_id: task.org_id,
      task_id: task.id,
      seq: task.event_seq,
      type,
      data: JSON.stringify(data),
    })
    .execute();
  tx.announceAfterCommit('events', `${task.org_id}/${task.id}`);
}
