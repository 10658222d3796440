import type { ListTasksQuery, TaskPage } from '../contracts/http/task.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { taskSummaryColumns, toTaskSummary } from './task-rows.ts';

/** One page of an organisation's tasks, newest first. Ids are time-ordered, so the id is the cursor. */
export async function listTasks(
  database: Database,
  actor: Actor,
  orgId: string,
  query: ListTasksQuery,
): Promise<TaskPage> {
  const backwards = query.after !== undefined;
  const rows = await asActor(database, actor, (tx) => {
    let select = tx.db
      .selectFrom('tasks')
      .select([...taskSummaryColumns])
      .where('org_id', '=', orgId)
      .orderBy('id', backwards ? 'asc' : 'desc')
      .limit(query.limit + 1);
    if (query.state?.length) select = select.where('state', 'in', query.state);
    if (query.kind?.length) select = select.where('kind', 'in', query.kind);
    if (query.createdBy) select = select.where('created_by', '=', query.createdBy);
    for (const tag of query.tag ?? [])
      select = select.where('id', 'in', ({ selectFrom }) =>
        selectFrom('task_tags as g')
          .select('g.task_id')
          .where('g.org_id', '=', orgId)
          .where('g.tag', '=', tag),
      );
    if (query.q)
      select = select.where('title', 'ilike', `%${query.q.replaceAll(/[\\%_]/g, '\\$&')}%`);
    if (query.before) select = select.where('id', '<', query.before);
    if (query.after) select = select.where('id', '>', query.after);
    return select.execute();
  });
  const more = rows.length > query.limit;
  const page = rows.slice(0, query.limit);
  if (backwards) page.reverse();
  const hasNewer = backwards ? more : query.before !== undefined;
  const hasOlder = backwards ? true : more;
  return {
    tasks: page.map(toTaskSummary),
    nextCursor: hasOlder ? (page.at(-1)?.id ?? null) : null,
    previousCursor: hasNewer ? (page[0]?.id ?? null) : null,
  };
}
