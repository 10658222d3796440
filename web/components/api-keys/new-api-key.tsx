'use client';

import { Button, Modal } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import { ApiKeyForm } from './api-key-form.tsx';
import { ShownOnce } from './shown-once.tsx';

/** Asks what a new key is for and may do, then shows it once. */
export function NewApiKey({ org, apiUrl }: { org: string; apiUrl: string }) {
  const ready = useReady();
  const [opened, setOpened] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const close = () => {
    setOpened(false);
    setToken(null);
  };
  return (
    <>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={!ready}
        onClick={() => setOpened(true)}
      >
        New API key
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={token ? 'Your new API key' : 'New API key'}
        closeButtonProps={{ 'aria-label': 'Close' }}
        // A click beside it must not throw away what can't be shown again.
        closeOnClickOutside={token === null}
        closeOnEscape={token === null}
        withCloseButton={token === null}
      >
        {token ? (
          <ShownOnce org={org} apiUrl={apiUrl} token={token} onDone={close} />
        ) : (
          <ApiKeyForm org={org} onMade={setToken} onCancel={close} />
        )}
      </Modal>
    </>
  );
}
