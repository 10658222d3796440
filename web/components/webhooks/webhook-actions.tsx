'use client';

import type { WebhookEndpoint } from '@devsphere/shared/contracts/http/webhook.ts';
import { Group } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import {
  deleteWebhookAction,
  disableWebhookAction,
  enableWebhookAction,
  testWebhookAction,
} from '../../app/[org]/settings/webhooks/actions.ts';
import { ConfirmButton } from '../settings/confirm-button.tsx';
import { CommandButton } from './command-button.tsx';
import { RotateSecret } from './rotate-secret.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

/** Everything that can be done with a webhook. */
export function WebhookActions({ org, endpoint }: { org: string; endpoint: WebhookEndpoint }) {
  const target = { org, endpointId: endpoint.id };
  return (
    <Group gap="xs">
      <CommandButton
        leftSection={<IconSend size={16} aria-hidden />}
        action={() => testWebhookAction(target)}
        done="A test message is on its way."
      >
        Send a test
      </CommandButton>
      <WebhookDialog org={org} endpoint={endpoint} />
      <RotateSecret {...target} />
      {endpoint.state === 'enabled' ? (
        <CommandButton
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          action={() => disableWebhookAction(target)}
        >
          Disable
        </CommandButton>
      ) : (
        <CommandButton
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          action={() => enableWebhookAction(target)}
        >
          Enable
        </CommandButton>
      )}
      <ConfirmButton
        label="Delete"
        question="Delete this webhook?"
        confirm="Delete it and its log"
        explanation="It hears of nothing more, and what was sent to it can’t be looked up any longer."
        action={() => deleteWebhookAction(target)}
      />
    </Group>
  );
}
