import { Alert, Button, Stack } from '@mantine/core';
import { signOutThere } from '../../app/(auth)/actions.ts';

/** For who is signed in by another address than the one invited. */
export function WrongPerson({ path, signedInAs }: { path: string; signedInAs: string }) {
  return (
    <Stack gap="md">
      <Alert color="orange" role="status">
        You are signed in as {signedInAs}. Sign out, then come in by the address that was invited,
        or ask for an invitation to this one.
      </Alert>
      <form action={signOutThere}>
        <input type="hidden" name="next" value={path} />
        <Button type="submit" fullWidth>
          Sign out
        </Button>
      </form>
    </Stack>
  );
}
