import { roleMay } from '@devsphere/shared/access/permissions.ts';
import type { Metadata } from 'next';
import { LiveTaskView } from '../../../../components/live-task-view.tsx';
import type { PageProps, TaskParams } from '../../../../lib/page-props.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';
import { loadTaskPage } from '../../../../lib/server/task-page.ts';

type Props = PageProps<TaskParams>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, id } = await params;
  const { task } = await loadTaskPage(await requireOrganization(org), id);
  return { title: task.title };
}

export default async function TaskPage({ params }: Props) {
  const { org, id } = await params;
  const scope = await requireOrganization(org);
  return (
    <LiveTaskView
      key={id}
      org={scope.organization.slug}
      mayWrite={roleMay(scope.organization.role, 'tasks.submit')}
      {...(await loadTaskPage(scope, id))}
    />
  );
}
