import { Stack } from '@mantine/core';
import { LinkButton } from '../links.tsx';

/** The two ways in for who is not signed in; both come back to the invitation. */
export function NewcomerChoice({ path, email }: { path: string; email: string }) {
  return (
    <Stack gap="sm">
      <LinkButton href={`/sign-up?${new URLSearchParams({ next: path, email })}`}>
        Create an account
      </LinkButton>
      <LinkButton href={`/sign-in?${new URLSearchParams({ next: path })}`} variant="default">
        I have an account
      </LinkButton>
    </Stack>
  );
}
