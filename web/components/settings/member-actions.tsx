'use client';

import type { MemberRole } from '@devsphere/shared/access/permissions.ts';
import type { Member } from '@devsphere/shared/contracts/http/member.ts';
import { Group, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTransition } from 'react';
import { changeRoleAction, removeMemberAction } from '../../app/[org]/settings/members/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';
import { roleOptions } from '../../lib/role-options.ts';
import { ConfirmButton } from './confirm-button.tsx';

type MemberActionsProps = {
  org: string;
  member: Member;
  /** What whoever looks may give. */
  roles: readonly MemberRole[];
  /** Oneself leaves in the general settings. */
  isSelf: boolean;
};

/** Another role for a member, or the end of their membership. */
export function MemberActions({ org, member, roles, isSelf }: MemberActionsProps) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  const target = { org, userId: member.userId };
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        aria-label={`Role of ${member.displayName}`}
        w={120}
        size="sm"
        allowDeselect={false}
        disabled={!ready || pending}
        data={roleOptions(roles)}
        value={member.role}
        onChange={(role) =>
          startTransition(async () => {
            if (!role || role === member.role) return;
            const refused = await changeRoleAction(target, role);
            notifications.show(
              refused
                ? { color: 'red', message: refused.message }
                : { color: 'green', message: `${member.displayName} is now ${role}.` },
            );
          })
        }
      />
      {!isSelf && (
        <ConfirmButton
          label="Remove"
          aria-label={`Remove ${member.displayName}`}
          question={`Remove ${member.displayName}?`}
          explanation="They lose access at once. What they made stays, and their schedules pause when they are next due."
          confirm="Remove"
          action={() => removeMemberAction(target)}
        />
      )}
    </Group>
  );
}
