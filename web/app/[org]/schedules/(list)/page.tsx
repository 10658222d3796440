import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { LinkButton } from '../../../../components/links.tsx';
import { ListPager } from '../../../../components/list-pager.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { ScheduleList } from '../../../../components/schedule-list.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { loadScheduleList } from '../../../../lib/server/schedules.ts';

export const metadata: Metadata = { title: 'Schedules' };

export default async function SchedulesPage({
  params,
  searchParams,
}: PageProps<OrganizationParams>) {
  const scope = await requireOrganization((await params).org);
  const query = await searchParams;
  const org = scope.organization.slug;
  const { schedules, nextCursor } = await loadScheduleList(scope, query);
  return (
    <Stack gap="md">
      <PageHead title="Schedules">
        {roleMay(scope.organization.role, 'schedules.manage') && (
          <LinkButton
            href={`/${org}/schedules/new`}
            leftSection={<IconPlus size={16} aria-hidden />}
          >
            New schedule
          </LinkButton>
        )}
      </PageHead>
      {schedules.length > 0 ? (
        <ScheduleList org={org} schedules={schedules} />
      ) : (
        <Text c="dimmed" py="xl" ta="center">
          Nothing runs by itself yet. A schedule submits the same task again and again: every
          morning, every hour, on the first of the month.
        </Text>
      )}
      <ListPager
        shown={schedules.length}
        newerHref={query.before ? `/${org}/schedules` : null}
        olderHref={nextCursor && `/${org}/schedules?before=${nextCursor}`}
      />
    </Stack>
  );
}
