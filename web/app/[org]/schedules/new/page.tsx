import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { KindPicker } from '../../../../components/kind-picker.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { ScheduleForm } from '../../../../components/schedule-form.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { kindSummaries } from '../../../../lib/server/kinds.ts';
import { loadNewTask } from '../../../../lib/server/new-task.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'New schedule' };

export default async function NewSchedulePage({
  params,
  searchParams,
}: PageProps<OrganizationParams>) {
  const scope = await requireOrganization((await params).org);
  const query = await searchParams;
  const task = await loadNewTask(scope, query);
  const org = scope.organization.slug;
  const mayWrite = roleMay(scope.organization.role, 'schedules.manage');
  return (
    <Stack gap="md">
      <PageHead title="New schedule" />
      {!mayWrite && (
        <Text>Your role here is viewer: you can look at schedules but not make any.</Text>
      )}
      {!task && <Text c="dimmed">What should be done again and again?</Text>}
      <KindPicker
        formPath={`/${org}/schedules/new`}
        kinds={kindSummaries}
        chosen={task?.form.name ?? null}
      />
      {task && mayWrite && (
        <ScheduleForm
          key={`${task.form.name} ${task.source?.id ?? ''}`}
          org={org}
          scheduleId={null}
          kind={task.form.name}
          fields={task.form.fields}
          values={task.values}
          settings={{
            name: (task.source?.title ?? task.form.title).slice(0, 120),
            cron: '0 9 * * MON-FRI',
            timeZone: null,
            catchUp: 'once',
          }}
        />
      )}
    </Stack>
  );
}
