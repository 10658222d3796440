'use client';

import type { WebhookEndpoint } from '@devsphere/shared/contracts/http/webhook.ts';
import { Button, Modal } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import { ShownSecret } from './shown-secret.tsx';
import { WebhookForm } from './webhook-form.tsx';

type WebhookDialogProps = { org: string; endpoint: WebhookEndpoint | null };

/** A button that asks where a webhook is and what it hears of; a new one then shows its secret once. */
export function WebhookDialog({ org, endpoint }: WebhookDialogProps) {
  const ready = useReady();
  const [opened, setOpened] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    setOpened(false);
    setSecret(null);
  };
  const Icon = endpoint ? IconPencil : IconPlus;
  const title = endpoint ? 'Edit webhook' : 'New webhook';
  return (
    <>
      <Button
        variant={endpoint ? 'default' : 'filled'}
        leftSection={<Icon size={16} aria-hidden />}
        disabled={!ready}
        onClick={() => setOpened(true)}
      >
        {endpoint ? 'Edit' : title}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={secret ? 'Your signing secret' : title}
        closeButtonProps={{ 'aria-label': 'Close' }}
        // A click beside it must not throw away what can't be shown again.
        closeOnClickOutside={secret === null}
        closeOnEscape={secret === null}
        withCloseButton={secret === null}
      >
        {secret ? (
          <ShownSecret secret={secret} onDone={close} />
        ) : (
          <WebhookForm
            org={org}
            endpoint={endpoint}
            onCancel={close}
            onSaved={(made) => (made ? setSecret(made) : close())}
          />
        )}
      </Modal>
    </>
  );
}
