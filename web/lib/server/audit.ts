import 'server-only';
import {
  type AuditFilters,
  type AuditPage,
  listAuditQuery,
} from '@devsphere/shared/contracts/http/audit.ts';
import { listAudit } from '@devsphere/shared/queries/list-audit.ts';
import { listAuditActors } from '@devsphere/shared/queries/list-audit-actors.ts';
import type { PersonName } from '@devsphere/shared/queries/list-people.ts';
import { nameTargets } from '@devsphere/shared/queries/name-targets.ts';
import type { AuditFilterValues } from '../audit-path.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

const pageSize = 50;
const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMilliseconds = 86_400_000;

/** What the address asks for. Values that make no sense are ignored, one by one. */
export function readAuditFilters(params: SearchParams): AuditFilterValues {
  const valid = (name: 'actor' | 'action' | 'target') => {
    const value = first(params[name]);
    return listAuditQuery.safeParse({ [name]: value }).success ? value : '';
  };
  const date = (name: 'from' | 'to') => {
    const value = first(params[name]);
    return day.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';
  };
  return {
    actor: valid('actor'),
    action: valid('action'),
    target: valid('target'),
    from: date('from'),
    to: date('to'),
  };
}

/** The same for the database: the last day counts whole. */
export function toAuditFilters(values: AuditFilterValues): AuditFilters {
  const { from, to, ...rest } = values;
  const lastDay = to && new Date(Date.parse(to) + dayMilliseconds).toISOString();
  return listAuditQuery
    .partial()
    .parse(
      Object.fromEntries(
        Object.entries({ ...rest, from: from && new Date(from).toISOString(), to: lastDay }).filter(
          ([, value]) => value !== '',
        ),
      ),
    );
}

export type AuditPageData = AuditPage & {
  filters: AuditFilterValues;
  actors: PersonName[];
  /** What the things acted upon are called, by id. */
  names: Map<string, string>;
};

/** The page of the audit log that the address asks for. */
export async function loadAuditPage(
  { person, organization }: OrganizationScope,
  params: SearchParams,
): Promise<AuditPageData> {
  const filters = readAuditFilters(params);
  const before = first(params.before);
  const cursor = listAuditQuery.safeParse({ before }).success ? { before } : {};
  const [page, actors] = await Promise.all([
    listAudit(database(), person, organization.orgId, {
      ...toAuditFilters(filters),
      ...cursor,
      limit: pageSize,
    }),
    listAuditActors(database(), person, organization.orgId),
  ]);
  const targets = page.entries.map(({ targetId }) => targetId);
  const names = await nameTargets(database(), person, organization.orgId, targets);
  return { ...page, filters, actors, names };
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
