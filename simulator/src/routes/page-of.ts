import { invalidField } from '../http/api-error.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

/** One page of a list in the API's cursor style (`limit`, `after_id`, `before_id`). */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: URLSearchParams,
): { data: Item[]; has_more: boolean; first_id: string | null; last_id: string | null } {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalidField('limit', `Input should be between 1 and ${MAX_LIMIT}`);
  }
  const after = positionOf(items, query.get('after_id'));
  const before = positionOf(items, query.get('before_id'));
  const start = before === undefined ? (after ?? -1) + 1 : Math.max(0, before - limit);
  const data = items.slice(start, before ?? start + limit);
  const hasMore = before === undefined ? start + limit < items.length : start > 0;
  return {
    data,
    has_more: hasMore,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function positionOf(items: readonly { id: string }[], id: string | null): number | undefined {
  if (id === null) return undefined;
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw invalidField('after_id', `${id} is not in this list`);
  return index;
}
