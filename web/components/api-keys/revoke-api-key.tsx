'use client';

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, useTransition } from 'react';
import { revokeApiKeyAction } from '../../app/[org]/settings/api-keys/actions.ts';

type RevokeApiKeyProps = {
  org: string;
  apiKeyId: string;
  name: string;
  opened: boolean;
  onClose: () => void;
};

/** Asks before a key is ended for good. */
export function RevokeApiKey({ org, apiKeyId, name, opened, onClose }: RevokeApiKeyProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const revoke = () =>
    startTransition(async () => {
      const answer = await revokeApiKeyAction({ org, apiKeyId }).catch(() => ({
        message: 'The key could not be revoked. Try again.',
      }));
      setRefused(answer?.message ?? null);
      if (!answer) onClose();
    });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Revoke “${name}”?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          The program that uses it is refused from its next request on, and its open streams end
          within seconds. This can’t be undone; its tasks stay.
        </Text>
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={pending} onClick={revoke}>
            Revoke it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
