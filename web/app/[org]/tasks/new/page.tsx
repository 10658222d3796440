import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { KindPicker } from '../../../../components/kind-picker.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { TaskForm } from '../../../../components/task-form.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { kindSummaries } from '../../../../lib/server/kinds.ts';
import { loadNewTask } from '../../../../lib/server/new-task.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'New task' };

export default async function NewTaskPage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requireOrganization((await params).org);
  const query = await searchParams;
  const newTask = await loadNewTask(scope, query);
  const org = scope.organization.slug;
  const mayWrite = roleMay(scope.organization.role, 'tasks.submit');
  return (
    <Stack gap="md">
      <PageHead title="New task" />
      {!mayWrite && (
        <Text>Your role here is viewer: you can look at tasks but not submit any.</Text>
      )}
      {!newTask && <Text c="dimmed">What should be done?</Text>}
      <KindPicker
        formPath={`/${org}/tasks/new`}
        kinds={kindSummaries}
        chosen={newTask?.form.name ?? null}
      />
      {newTask && mayWrite && (
        <TaskForm
          // Another kind, example or source is another form with a key of its own.
          key={`${newTask.form.name} ${newTask.source?.id ?? ''} ${query.example ?? ''}`}
          org={org}
          kind={newTask.form.name}
          fields={newTask.form.fields}
          values={newTask.values}
          source={newTask.source}
        />
      )}
    </Stack>
  );
}
