import type { TaskEvent } from '@devsphere/shared/contracts/events/task-event.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Tenant } from './lab/lab.ts';

/** What a reader saw: how late the latest event came, and how often the stream had to be opened again. */
export type Followed = { latestSeconds: number; reconnects: number };

/**
 * Reads a task's events as they happen, as a browser does: when the stream ends before the task does, it goes on behind the
 * last event it has. Throws when an event was missed or came twice, or when the end did not come.
 */
export async function follow(tenant: Tenant, taskId: string): Promise<Followed> {
  const seen: TaskEvent[] = [];
  let latestSeconds = 0;
  let reconnects = -1;
  const isOver = () => seen.at(-1)?.type === 'task.ended';
  await eventually(
    `the events of ${taskId}`,
    async () => {
      reconnects++;
      await tenant.client.events(tenant.person.orgId, taskId, seen.at(-1)?.seq ?? 0, (event) => {
        seen.push(event);
        latestSeconds = Math.max(latestSeconds, (Date.now() - Date.parse(event.at)) / 1000);
        return false;
      });
      return isOver();
    },
    90_000,
  );
  const wrong = seen.findIndex(({ seq }, index) => seq !== index + 1);
  if (wrong >= 0)
    throw new Error(`a reader saw event ${seen[wrong]?.seq} of ${taskId} as number ${wrong + 1}`);
  return { latestSeconds, reconnects };
}
