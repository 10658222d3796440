'use client';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTransition } from 'react';
import {
  type InvitationTarget,
  resendInvitationAction,
  revokeInvitationAction,
} from '../../app/[org]/settings/members/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';
import { ConfirmButton } from './confirm-button.tsx';

/** Sends an invitation again, or takes it back. */
export function InvitationActions({ email, ...target }: InvitationTarget & { email: string }) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="default"
        aria-label={`Send again to ${email}`}
        disabled={!ready}
        loading={pending}
        onClick={() =>
          startTransition(async () => {
            const refused = await resendInvitationAction(target);
            notifications.show(
              refused
                ? { color: 'red', message: refused.message }
                : { color: 'green', message: `A new link is on its way to ${email}.` },
            );
          })
        }
      >
        Send again
      </Button>
      <ConfirmButton
        label="Take back"
        aria-label={`Take back the invitation of ${email}`}
        question={`Take back the invitation of ${email}?`}
        explanation="The link in the mail stops working at once."
        confirm="Take back"
        action={() => revokeInvitationAction(target)}
      />
    </Group>
  );
}
