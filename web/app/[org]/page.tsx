import { redirect } from 'next/navigation';
import type { OrganizationParams, PageProps } from '../../lib/page-props.ts';

export default async function OrganizationPage({ params }: PageProps<OrganizationParams>) {
  redirect(`/${encodeURIComponent((await params).org)}/tasks`);
}
