import 'server-only';
import { type ListTasksQuery, listTasksQuery } from '@devsphere/shared/contracts/http/task.ts';
import { liveStates } from '@devsphere/shared/tasks/states.ts';
import type { ListFilters } from '../list-path.ts';

export type SearchParams = Record<string, string | string[] | undefined>;

const pageSize = 25;
const groups = new Map([['active', liveStates.join(',')]]);

/** What the address asks for. Values that make no sense are ignored, one by one. */
export function readFilters(params: SearchParams): ListFilters {
  const query = parsed(params);
  const state = first(params.state);
  return {
    state: groups.has(state) ? state : (query.state ?? []).join(','),
    kind: (query.kind ?? []).join(','),
    mine: first(params.mine) === '1',
    q: query.q ?? '',
    tag: (query.tag ?? []).join(','),
  };
}

/** The page of the list that the address asks for; `userId` is whose tasks "mine" are. */
export function toListQuery(params: SearchParams, userId: string): ListTasksQuery {
  return {
    ...parsed(params),
    limit: pageSize,
    ...(first(params.mine) === '1' ? { createdBy: userId } : {}),
  };
}

function parsed(params: SearchParams): Partial<ListTasksQuery> {
  const query: Record<string, unknown> = {};
  for (const name of ['state', 'kind', 'q', 'tag', 'before', 'after'] as const) {
    const text = first(params[name]);
    const value = name === 'state' ? (groups.get(text) ?? text) : text;
    if (value === '') continue;
    const { success, data } = listTasksQuery.safeParse({ [name]: value });
    if (success) query[name] = data[name];
  }
  return query as Partial<ListTasksQuery>;
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
