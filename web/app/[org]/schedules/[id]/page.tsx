import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Grid, GridCol, Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { ListPager } from '../../../../components/list-pager.tsx';
import { ScheduleFacts } from '../../../../components/schedule-facts.tsx';
import { ScheduleHead } from '../../../../components/schedule-head.tsx';
import { ScheduleRuns } from '../../../../components/schedule-runs.tsx';
import { TaskInput } from '../../../../components/task-input.tsx';
import type { PageProps, TaskParams } from '../../../../lib/page-props.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { loadSchedule, loadSchedulePage } from '../../../../lib/server/schedules.ts';

type Props = PageProps<TaskParams>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, id } = await params;
  return { title: (await loadSchedule(await requireOrganization(org), id)).name };
}

export default async function SchedulePage({ params, searchParams }: Props) {
  const { org: name, id } = await params;
  const query = await searchParams;
  const scope = await requireOrganization(name);
  const { schedule, kindTitle, runsAsName, history } = await loadSchedulePage(scope, id, query);
  const org = scope.organization.slug;
  const path = `/${org}/schedules/${id}`;
  return (
    <Stack gap="lg">
      <ScheduleHead
        org={org}
        schedule={schedule}
        kindTitle={kindTitle}
        mayWrite={roleMay(scope.organization.role, 'schedules.manage')}
      />
      <Grid gap="lg">
        <GridCol span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <ScheduleRuns org={org} timeZone={schedule.timeZone} runs={history.runs} />
            <ListPager
              shown={history.runs.length}
              newerHref={query.before ? path : null}
              olderHref={
                history.nextCursor && `${path}?before=${encodeURIComponent(history.nextCursor)}`
              }
            />
            <TaskInput input={schedule.input} />
          </Stack>
        </GridCol>
        <GridCol span={{ base: 12, md: 5 }}>
          <ScheduleFacts schedule={schedule} runsAsName={runsAsName} />
        </GridCol>
      </Grid>
    </Stack>
  );
}
