import { Alert, Stack } from '@mantine/core';
import { LinkButton } from '../links.tsx';

const reasons = {
  accepted: 'This invitation has been used. Each works once.',
  revoked: 'This invitation was taken back.',
  expired: 'This invitation has expired. Ask whoever invited you to send it again.',
};

/** Why an invitation lets nobody in any more; `slug` is for who accepted it. */
export function InvitationOver({
  state,
  slug,
}: {
  state: keyof typeof reasons;
  slug: string | null;
}) {
  return (
    <Stack gap="md">
      <Alert color={slug ? 'green' : 'orange'} role="status">
        {slug ? 'You have accepted this invitation.' : reasons[state]}
      </Alert>
      <LinkButton href={slug ? `/${slug}/tasks` : '/'} variant={slug ? 'filled' : 'default'}>
        {slug ? 'Open the organisation' : 'Go to your tasks'}
      </LinkButton>
    </Stack>
  );
}
