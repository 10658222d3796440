'use client';

import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState, useTransition } from 'react';
import { rotateApiKeyAction } from '../../app/[org]/settings/api-keys/actions.ts';
import { ShownOnce } from './shown-once.tsx';

const overlaps = [
  { value: '0', label: 'Not at all: it ends now' },
  { value: '1', label: 'For an hour' },
  { value: '24', label: 'For a day' },
  { value: '72', label: 'For three days' },
  { value: '168', label: 'For a week' },
];

type RotateApiKeyProps = {
  org: string;
  apiUrl: string;
  apiKeyId: string;
  name: string;
  opened: boolean;
  onClose: () => void;
};

/** Replaces a key: asks how long the old one goes on working, then shows the new one once. */
export function RotateApiKey({ org, apiUrl, apiKeyId, name, opened, onClose }: RotateApiKeyProps) {
  const [overlap, setOverlap] = useState('24');
  const [token, setToken] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const close = () => {
    setToken(null);
    setRefused(null);
    onClose();
  };
  const rotate = () =>
    startTransition(async () => {
      const overlapHours = Number(overlap);
      const answer = await rotateApiKeyAction({ org, apiKeyId, overlapHours }).catch(() => null);
      if (answer && 'token' in answer) setToken(answer.token);
      else setRefused(answer?.refused.message ?? 'The key could not be replaced. Try again.');
    });
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={token ? 'Your new API key' : `Replace “${name}”`}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={token === null}
      closeOnEscape={token === null}
      withCloseButton={token === null}
    >
      {token ? (
        <ShownOnce org={org} apiUrl={apiUrl} token={token} onDone={close} />
      ) : (
        <Stack gap="md">
          <Text size="sm">
            A new key with the same name and scopes is made. Give it to the program while the old
            one still works, and nothing is interrupted.
          </Text>
          <Select
            label="The old key goes on working"
            data={overlaps}
            allowDeselect={false}
            data-autofocus
            value={overlap}
            onChange={(value) => setOverlap(value ?? '24')}
          />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button loading={pending} onClick={rotate}>
              Replace it
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
