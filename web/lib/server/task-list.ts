import 'server-only';
import type { TaskSummary } from '@devsphere/shared/contracts/http/task.ts';
import { listPeople } from '@devsphere/shared/queries/list-people.ts';
import { listTasks } from '@devsphere/shared/queries/list-tasks.ts';
import { kindTitle } from './kinds.ts';
import { type SearchParams, toListQuery } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database, log } from './services.ts';

export type ListedTask = TaskSummary & { kindTitle: string; createdByName: string | null };
export type TaskListPage = {
  tasks: ListedTask[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** The database gave up on the search; there may be tasks that are not shown. */
  timedOut: boolean;
};

/** The page of an organisation's tasks that the address asks for, with the names of who submitted them. */
export async function loadTaskList(
  { person, organization }: OrganizationScope,
  params: SearchParams,
): Promise<TaskListPage> {
  try {
    const page = await listTasks(
      database(),
      person,
      organization.orgId,
      toListQuery(params, person.userId),
    );
    const names = await namesOf(person, page.tasks);
    return {
      ...page,
      timedOut: false,
      tasks: page.tasks.map((task) => ({
        ...task,
        kindTitle: kindTitle(task.kind),
        createdByName: (task.createdBy && names.get(task.createdBy)) || null,
      })),
    };
  } catch (error) {
    if (!isStatementTimeout(error)) throw error;
    log().warn({ orgId: organization.orgId }, 'task search timed out');
    return { tasks: [], nextCursor: null, previousCursor: null, timedOut: true };
  }
}

/** Display names of the people who submitted these tasks; those who left are missing. */
export async function namesOf(
  person: OrganizationScope['person'],
  tasks: readonly TaskSummary[],
): Promise<Map<string, string>> {
  const ids = [...new Set(tasks.map(({ createdBy }) => createdBy).filter((id) => id !== null))];
  const people = await listPeople(database(), person, ids);
  return new Map(people.map(({ userId, displayName }) => [userId, displayName]));
}

function isStatementTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}
