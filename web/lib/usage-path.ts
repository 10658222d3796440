import type { UsageDimension } from '@devsphere/shared/contracts/http/usage.ts';

export type UsageView = { from?: string; to?: string; by: Exclude<UsageDimension, 'day'> };

/** The address of a view of usage; what is as usual is left out. */
export function usagePath(org: string, { from, to, by }: UsageView, suffix = ''): string {
  const query = new URLSearchParams();
  if (from) query.set('from', from);
  if (to) query.set('to', to);
  if (by !== 'kind' && suffix === '') query.set('by', by);
  const text = query.toString();
  return `/${org}/usage${suffix}${text ? `?${text}` : ''}`;
}
