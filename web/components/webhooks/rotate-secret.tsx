'use client';

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState, useTransition } from 'react';
import {
  rotateSecretAction,
  type WebhookTarget,
} from '../../app/[org]/settings/webhooks/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';
import { ShownSecret } from './shown-secret.tsx';

/** Asks, gives the webhook a new signing secret and shows it once. */
export function RotateSecret(target: WebhookTarget) {
  const ready = useReady();
  const [opened, setOpened] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const close = () => {
    setOpened(false);
    setSecret(null);
    setRefused(null);
  };
  const rotate = () =>
    startTransition(async () => {
      const answer = await rotateSecretAction(target).catch(() => null);
      if (answer && 'secret' in answer) setSecret(answer.secret);
      else setRefused(answer?.refused.message ?? 'It could not be done. Try again.');
    });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        disabled={!ready}
        onClick={() => setOpened(true)}
      >
        New secret
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={secret ? 'Your signing secret' : 'Make a new signing secret?'}
        closeButtonProps={{ 'aria-label': 'Close' }}
        closeOnClickOutside={secret === null}
        closeOnEscape={secret === null}
        withCloseButton={secret === null}
      >
        {secret ? (
          <ShownSecret secret={secret} onDone={close} />
        ) : (
          <Stack gap="md">
            <Text size="sm">
              Messages are signed with the old and the new secret for a day, so that your receiver
              can change over without losing any. Then the old one ends.
            </Text>
            {refused && (
              <Alert color="red" role="alert">
                {refused}
              </Alert>
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Leave it
              </Button>
              <Button loading={pending} onClick={rotate} data-autofocus>
                Make a new secret
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  );
}
