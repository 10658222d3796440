import { redirect } from 'next/navigation';

export default async function OrganizationPage({ params }: PageProps<'/[org]'>) {
  redirect(`/${encodeURIComponent((await params).org)}/tasks`);
}
