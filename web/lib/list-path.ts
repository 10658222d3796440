/** The filters of the list as the address bar holds them. */
export type ListFilters = {
  state: string;
  kind: string;
  mine: boolean;
  q: string;
  /** One or several, with commas between. */
  tag: string;
};

/** The address of the list with other filters or another page; empty ones are left out. */
export function listPath(
  org: string,
  filters: ListFilters,
  page: { before?: string; after?: string } = {},
): string {
  const query = new URLSearchParams();
  if (filters.state) query.set('state', filters.state);
  if (filters.kind) query.set('kind', filters.kind);
  if (filters.mine) query.set('mine', '1');
  if (filters.tag) query.set('tag', filters.tag);
  if (filters.q) query.set('q', filters.q);
  if (page.before) query.set('before', page.before);
  if (page.after) query.set('after', page.after);
  return `/${org}/tasks${query.size > 0 ? `?${query}` : ''}`;
}
