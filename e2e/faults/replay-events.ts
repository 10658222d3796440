import type { Lab } from './lab/lab.ts';

const mostTasks = 12;

type Stored = { org_id: string; task_id: string; events: Array<{ seq: number; type: string }> };

/** O1 as a reader sees it: what is streamed from anywhere in a task's history is what is stored behind it, to the last byte. */
export async function replayEvents(lab: Lab, random: () => number): Promise<string[]> {
  const { rows } = await lab.system.db.admin.query<Stored>(
    `select org_id, task_id, jsonb_agg(jsonb_build_object('seq', seq, 'type', type, 'data', data) order by seq) as events
     from (select e.* from public.task_events e join public.tasks t on t.org_id = e.org_id and t.id = e.task_id
           where t.ended_at is not null order by md5(e.task_id::text), e.seq) as told
     group by org_id, task_id order by md5(task_id::text) limit $1`,
    [mostTasks],
  );
  const broken = await Promise.all(
    rows.map(async ({ org_id: orgId, task_id: taskId, events }) => {
      const tenant = lab.tenants.find(({ person }) => person.orgId === orgId);
      if (!tenant) return 'o1: a task of nobody';
      const after = Math.floor(random() * events.length);
      const told = await tenant.client.events(orgId, taskId, after);
      const shown = told.map(({ seq, type, data }) => ({ seq, type, data }));
      const stored = events.filter(({ seq }) => seq > after);
      return canonical(shown) === canonical(stored)
        ? undefined
        : `o1: events after ${after} differ from what is stored (${taskId})`;
    }),
  );
  return broken.filter((line) => line !== undefined);
}

/** The same text for the same values, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
