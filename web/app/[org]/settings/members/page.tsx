import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { ListPager } from '../../../../components/list-pager.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { MemberList } from '../../../../components/settings/member-list.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { loadMembers } from '../../../../lib/server/members.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'members.read');
  const query = await searchParams;
  const { slug, role } = scope.organization;
  const { members, nextCursor } = await loadMembers(scope, query);
  const path = `/${slug}/settings/members`;
  return (
    <Stack gap="md">
      <PageHead title="Members" />
      <MemberList org={slug} members={members} viewer={{ userId: scope.person.userId, role }} />
      <ListPager
        shown={members.length}
        newerHref={query.after ? path : null}
        olderHref={nextCursor && `${path}?after=${nextCursor}`}
      />
    </Stack>
  );
}
