'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { CopyableCode } from '../api-keys/copyable-code.tsx';

/** A new signing secret, the one time it can be read. */
export function ShownSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack gap="md">
      <Alert color="yellow" role="status">
        Copy this signing secret to your receiver now: it can’t be shown again. With it you can tell
        our messages from anybody else’s.
      </Alert>
      <CopyableCode label="Signing secret" text={secret} />
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
