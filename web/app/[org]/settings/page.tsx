import { redirect } from 'next/navigation';
import type { OrganizationParams, PageProps } from '../../../lib/page-props.ts';

export default async function SettingsPage({ params }: PageProps<OrganizationParams>) {
  redirect(`/${encodeURIComponent((await params).org)}/settings/general`);
}
