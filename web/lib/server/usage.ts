import 'server-only';
import { type UsageExportQuery, usageQuery } from '@devsphere/shared/contracts/http/usage.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { getBudget } from '@devsphere/shared/queries/get-budget.ts';
import { reportUsage } from '@devsphere/shared/queries/report-usage.ts';
import type { UsageView } from '../usage-path.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

/** What the usage page shows; an address that makes no sense shows this month by kind. */
export async function loadUsage(
  { person, organization: { orgId } }: OrganizationScope,
  { from, to, by = 'kind' }: SearchParams,
) {
  const wanted = usageQuery.safeParse({ from, to, by });
  const asked = wanted.success ? wanted.data : usageQuery.parse({});
  const view: Pick<UsageView, 'by'> = { by: asked.by === 'day' ? 'kind' : asked.by };
  const read = (range: UsageExportQuery) =>
    Promise.all([
      reportUsage(database(), person, orgId, { ...range, by: 'day' }),
      reportUsage(database(), person, orgId, { ...range, by: view.by }),
    ]);
  const [budget, [days, parts]] = await Promise.all([
    getBudget(database(), person, orgId),
    read({ from: asked.from, to: asked.to }).catch((error: unknown) => {
      // Days that make no sense: this month instead.
      if (error instanceof AppError && error.code === 'invalid_request') return read({});
      throw error;
    }),
  ]);
  return { budget, days, parts, view };
}
