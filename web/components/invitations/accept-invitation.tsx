'use client';

import { Alert, Button, Stack } from '@mantine/core';
import { useActionState } from 'react';
import { acceptInvitationAction } from '../../app/(auth)/invitations/[token]/actions.ts';

/** The button that lets one in. Works before scripts have loaded. */
export function AcceptInvitation({ token }: { token: string }) {
  const [state, submit, pending] = useActionState(acceptInvitationAction, {});
  return (
    <form action={submit}>
      <Stack gap="md">
        {state.message && (
          <Alert color="red" role="alert">
            {state.message}
          </Alert>
        )}
        <input type="hidden" name="token" value={token} />
        <Button type="submit" loading={pending} fullWidth>
          Accept the invitation
        </Button>
      </Stack>
    </form>
  );
}
