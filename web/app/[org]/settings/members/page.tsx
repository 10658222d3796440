import { grantableRoles, roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { ListPager } from '../../../../components/list-pager.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { InvitationList } from '../../../../components/settings/invitation-list.tsx';
import { InviteForm } from '../../../../components/settings/invite-form.tsx';
import { MemberList } from '../../../../components/settings/member-list.tsx';
import { SettingsCard } from '../../../../components/settings/settings-card.tsx';
import { webEnv } from '../../../../lib/env.ts';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { loadInvitations } from '../../../../lib/server/invitations.ts';
import { loadMembers } from '../../../../lib/server/members.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'members.read');
  const query = await searchParams;
  const { slug, role } = scope.organization;
  const manages = roleMay(role, 'members.manage');
  const [page, invited] = await Promise.all([
    loadMembers(scope, query),
    manages ? loadInvitations(scope, query) : { invitations: [], nextCursor: null },
  ]);
  const path = `/${slug}/settings/members`;
  return (
    <Stack gap="md">
      <PageHead title="Members" />
      {manages && (
        <SettingsCard title="Invite somebody" text="They get a link by mail, good for 7 days.">
          <InviteForm
            org={slug}
            roles={grantableRoles(role)}
            mailboxHint={webEnv().MAILBOX_HINT ?? null}
          />
        </SettingsCard>
      )}
      {invited.invitations.length > 0 && (
        <InvitationList org={slug} invitations={invited.invitations} />
      )}
      <ListPager
        shown={invited.invitations.length}
        newerHref={query.before ? path : null}
        olderHref={invited.nextCursor && `${path}?before=${invited.nextCursor}`}
      />
      <MemberList
        org={slug}
        members={page.members}
        viewer={{ userId: scope.person.userId, role }}
      />
      <ListPager
        shown={page.members.length}
        newerHref={query.after ? path : null}
        olderHref={page.nextCursor && `${path}?after=${page.nextCursor}`}
      />
    </Stack>
  );
}
