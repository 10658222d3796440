import 'server-only';
import {
  listScheduleRunsQuery,
  listSchedulesQuery,
  type ScheduleDetail,
  type SchedulePage,
  type ScheduleRunPage,
  type ScheduleSummary,
} from '@devsphere/shared/contracts/http/schedule.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { getSchedule } from '@devsphere/shared/queries/get-schedule.ts';
import { listPeople } from '@devsphere/shared/queries/list-people.ts';
import { listScheduleRuns } from '@devsphere/shared/queries/list-schedule-runs.ts';
import { listSchedules } from '@devsphere/shared/queries/list-schedules.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { kindTitle } from './kinds.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

const pageSize = 25;

export type ListedSchedule = ScheduleSummary & { kindTitle: string };
export type ScheduleListPage = Omit<SchedulePage, 'schedules'> & { schedules: ListedSchedule[] };

/** The page of an organisation's schedules that the address asks for. */
export async function loadScheduleList(
  { person, organization }: OrganizationScope,
  { before }: SearchParams,
): Promise<ScheduleListPage> {
  const wanted = listSchedulesQuery.safeParse({ before, limit: pageSize });
  const query = wanted.success ? wanted.data : { limit: pageSize };
  const page = await listSchedules(database(), person, organization.orgId, query);
  return {
    ...page,
    schedules: page.schedules.map((schedule) => ({
      ...schedule,
      kindTitle: kindTitle(schedule.kind),
    })),
  };
}

/** A schedule of the organisation; the 404 page when it is not there for this person. Once per request. */
export const loadSchedule = cache(
  async ({ person, organization }: OrganizationScope, id: string): Promise<ScheduleDetail> => {
    if (!isId(id)) notFound();
    try {
      return await getSchedule(database(), person, organization.orgId, id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') notFound();
      throw error;
    }
  },
);

export type SchedulePageData = {
  schedule: ScheduleDetail;
  kindTitle: string;
  runsAsName: string | null;
  history: ScheduleRunPage;
};

/** Everything a schedule's page shows. */
export async function loadSchedulePage(
  scope: OrganizationScope,
  id: string,
  { before }: SearchParams,
): Promise<SchedulePageData> {
  const schedule = await loadSchedule(scope, id);
  const wanted = listScheduleRunsQuery.safeParse({ before, limit: pageSize });
  const target = { orgId: schedule.orgId, scheduleId: id };
  const [history, [person]] = await Promise.all([
    listScheduleRuns(
      database(),
      scope.person,
      target,
      wanted.success ? wanted.data : { limit: pageSize },
    ),
    listPeople(database(), scope.person, [schedule.runsAs]),
  ]);
  return {
    schedule,
    kindTitle: kindTitle(schedule.kind),
    runsAsName: person?.displayName ?? null,
    history,
  };
}
