import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { FirstTask } from '../../../../components/first-task.tsx';
import { LinkButton } from '../../../../components/links.tsx';
import { ListPager } from '../../../../components/list-pager.tsx';
import { LiveList } from '../../../../components/live-list.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { TaskFilters } from '../../../../components/task-filters.tsx';
import { TaskList } from '../../../../components/task-list.tsx';
import { listPath } from '../../../../lib/list-path.ts';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { kindSummaries } from '../../../../lib/server/kinds.ts';
import { readFilters } from '../../../../lib/server/list-query.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { loadTaskList } from '../../../../lib/server/task-list.ts';

export const metadata: Metadata = { title: 'Tasks' };

export default async function TasksPage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requireOrganization((await params).org);
  const query = await searchParams;
  const org = scope.organization.slug;
  const filters = readFilters(query);
  const { tasks, nextCursor, previousCursor, timedOut } = await loadTaskList(scope, query);
  const narrowed =
    filters.state ||
    filters.kind ||
    filters.mine ||
    filters.q ||
    filters.tag ||
    query.before ||
    query.after;
  return (
    <Stack gap="md">
      <PageHead title="Tasks">
        <Group gap="md">
          <LiveList org={org} />
          <LinkButton href={`/${org}/tasks/new`} leftSection={<IconPlus size={16} aria-hidden />}>
            New task
          </LinkButton>
        </Group>
      </PageHead>
      {tasks.length === 0 && !narrowed && !timedOut ? (
        <FirstTask org={org} />
      ) : (
        <>
          <TaskFilters org={org} filters={filters} kinds={kindSummaries} />
          {timedOut && (
            <Alert color="yellow" role="status">
              This search took too long and was stopped. Narrow it by state or kind, or search for
              more letters.
            </Alert>
          )}
          {tasks.length > 0 && <TaskList org={org} tasks={tasks} />}
          {tasks.length === 0 && !timedOut && (
            <Text c="dimmed" ta="center" py="xl">
              No task matches. Change or clear the filters.
            </Text>
          )}
          <ListPager
            shown={tasks.length}
            newerHref={previousCursor && listPath(org, filters, { after: previousCursor })}
            olderHref={nextCursor && listPath(org, filters, { before: nextCursor })}
          />
        </>
      )}
    </Stack>
  );
}
