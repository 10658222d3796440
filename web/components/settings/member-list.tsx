import { grantableRoles, type MemberRole, roleMay } from '@devsphere/shared/access/permissions.ts';
import type { Member } from '@devsphere/shared/contracts/http/member.ts';
import { Badge, Paper, Text } from '@mantine/core';
import { TimeAgo } from '../time-ago.tsx';
import { MemberActions } from './member-actions.tsx';
import classes from './people-list.module.css';

type MemberListProps = {
  org: string;
  members: Member[];
  /** Who looks, and as what. */
  viewer: { userId: string; role: MemberRole };
};

/** A page of members; whoever may manage them finds the means in each row. */
export function MemberList({ org, members, viewer }: MemberListProps) {
  const manages = roleMay(viewer.role, 'members.manage');
  const grantable = grantableRoles(viewer.role);
  return (
    <Paper withBorder className={classes.frame}>
      <ul className={classes.list} aria-label="Members">
        {members.map((member) => (
          <li key={member.userId} className={classes.row}>
            <div className={classes.person}>
              <Text size="sm" fw={550} component="p" className={classes.name}>
                {member.displayName}
                {member.userId === viewer.userId && (
                  <Badge component="span" variant="light" tt="none" radius="sm" ml="xs">
                    you
                  </Badge>
                )}
              </Text>
              <Text size="xs" c="dimmed" component="p" className={classes.name}>
                {member.email} · joined <TimeAgo at={member.joinedAt} />
              </Text>
            </div>
            {manages && grantable.includes(member.role) ? (
              <MemberActions
                org={org}
                member={member}
                roles={grantable}
                isSelf={member.userId === viewer.userId}
              />
            ) : (
              <Text size="sm" className={classes.role}>
                {member.role}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}
