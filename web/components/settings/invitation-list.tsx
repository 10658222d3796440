import type { Invitation } from '@devsphere/shared/contracts/http/invitation.ts';
import { Paper, Text } from '@mantine/core';
import { TimeAgo } from '../time-ago.tsx';
import { InvitationActions } from './invitation-actions.tsx';
import classes from './people-list.module.css';

/** Invitations that can still be accepted, or sent again. */
export function InvitationList({ org, invitations }: { org: string; invitations: Invitation[] }) {
  return (
    <Paper withBorder className={classes.frame}>
      <ul className={classes.list} aria-label="Invitations">
        {invitations.map(({ id, email, role, state, mailedAt, expiresAt }) => (
          <li key={id} className={classes.row}>
            <div className={classes.person}>
              <Text size="sm" fw={550} component="p" className={classes.name}>
                {email}
              </Text>
              <Text size="xs" c="dimmed" component="p">
                as {role} ·{' '}
                {state === 'expired' ? (
                  'expired'
                ) : (
                  <>
                    {mailedAt ? 'sent' : 'being sent'}, expires <TimeAgo at={expiresAt} />
                  </>
                )}
              </Text>
            </div>
            <InvitationActions org={org} invitationId={id} email={email} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}
