'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { CopyableCode } from './copyable-code.tsx';
import { curlExample } from './curl-example.ts';

type ShownOnceProps = { org: string; apiUrl: string; token: string; onDone: () => void };

/** A new key, the one time it can be read. */
export function ShownOnce({ org, apiUrl, token, onDone }: ShownOnceProps) {
  return (
    <Stack gap="md">
      <Alert color="yellow" role="status">
        Copy this key now and keep it somewhere safe. It is not stored and can’t be shown again.
      </Alert>
      <CopyableCode label="Your key" text={token} />
      <CopyableCode label="Try it" text={curlExample(apiUrl, org, token)} />
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
