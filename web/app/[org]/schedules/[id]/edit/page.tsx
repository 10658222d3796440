import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TextLink } from '../../../../../components/links.tsx';
import { PageHead } from '../../../../../components/page-head.tsx';
import { ScheduleForm } from '../../../../../components/schedule-form.tsx';
import type { PageProps, TaskParams } from '../../../../../lib/page-props.ts';
import { kindForm } from '../../../../../lib/server/kinds.ts';
import { valuesOf } from '../../../../../lib/server/new-task.ts';
import { requireOrganization } from '../../../../../lib/server/organization.ts';
import { loadSchedule } from '../../../../../lib/server/schedules.ts';

export const metadata: Metadata = { title: 'Edit schedule' };

export default async function EditSchedulePage({ params }: PageProps<TaskParams>) {
  const { org: slug, id } = await params;
  const scope = await requireOrganization(slug);
  const schedule = await loadSchedule(scope, id);
  const form = kindForm(schedule.kind);
  if (!form || !roleMay(scope.organization.role, 'schedules.manage')) notFound();
  const org = scope.organization.slug;
  return (
    <Stack gap="md">
      <TextLink href={`/${org}/schedules/${id}`} size="sm" w="fit-content">
        ← {schedule.name}
      </TextLink>
      <PageHead title="Edit schedule" />
      <ScheduleForm
        org={org}
        scheduleId={id}
        kind={schedule.kind}
        fields={form.fields}
        values={valuesOf(form, schedule.input)}
        settings={schedule}
      />
    </Stack>
  );
}
