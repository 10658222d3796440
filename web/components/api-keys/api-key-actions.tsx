'use client';

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import { RevokeApiKey } from './revoke-api-key.tsx';
import { RotateApiKey } from './rotate-api-key.tsx';

type ApiKeyActionsProps = {
  org: string;
  apiUrl: string;
  apiKeyId: string;
  name: string;
  canRotate: boolean;
};

/** Replace a key or revoke it; each asks first. */
export function ApiKeyActions({ canRotate, ...key }: ApiKeyActionsProps) {
  const ready = useReady();
  const [asking, setAsking] = useState<'rotate' | 'revoke' | null>(null);
  const close = () => setAsking(null);
  return (
    <Group gap="xs" wrap="nowrap">
      {canRotate && (
        <Button
          size="xs"
          variant="default"
          disabled={!ready}
          aria-label={`Rotate ${key.name}`}
          onClick={() => setAsking('rotate')}
        >
          Rotate
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={!ready}
        aria-label={`Revoke ${key.name}`}
        onClick={() => setAsking('revoke')}
      >
        Revoke
      </Button>
      <RotateApiKey {...key} opened={asking === 'rotate'} onClose={close} />
      <RevokeApiKey {...key} opened={asking === 'revoke'} onClose={close} />
    </Group>
  );
}
