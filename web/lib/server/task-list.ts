import 'server-only';
import type { TaskSummary } from '@devsphere/shared/contracts/http/task.ts';
import { listApiKeyNames } from '@devsphere/shared/queries/list-api-key-names.ts';
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
    const names = await namesOf(person, organization.orgId, page.tasks);
    return {
      ...page,
      timedOut: false,
      tasks: page.tasks.map((task) => ({
        ...task,
        kindTitle: kindTitle(task.kind),
        createdByName: authorOf(task, names),
      })),
    };
  } catch (error) {
    if (!isStatementTimeout(error)) throw error;
    log().warn({ orgId: organization.orgId }, 'task search timed out');
    return { tasks: [], nextCursor: null, previousCursor: null, timedOut: true };
  }
}

/** Names of the people and API keys that submitted these tasks; people who left are missing. */
export async function namesOf(
  person: OrganizationScope['person'],
  orgId: string,
  tasks: readonly TaskSummary[],
): Promise<Map<string, string>> {
  const ids = (of: 'createdBy' | 'createdByKey') => [
    ...new Set(tasks.map((task) => task[of]).filter((id) => id !== null)),
  ];
  const [people, keys] = await Promise.all([
    listPeople(database(), person, ids('createdBy')),
    listApiKeyNames(database(), person, orgId, ids('createdByKey')),
  ]);
  return new Map([
    ...people.map(({ userId, displayName }) => [userId, displayName] as const),
    ...keys,
  ]);
}

/** Who submitted a task, in words; null for a person who left. What a key is called only its managers know. */
export function authorOf(
  { createdBy, createdByKey }: TaskSummary,
  names: ReadonlyMap<string, string>,
): string | null {
  if (!createdByKey) return (createdBy && names.get(createdBy)) || null;
  const name = names.get(createdByKey);
  return name ? `${name} (API key)` : 'an API key';
}

function isStatementTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}
