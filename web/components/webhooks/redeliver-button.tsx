'use client';

import { IconSend } from '@tabler/icons-react';
import { redeliverAction, type WebhookTarget } from '../../app/[org]/settings/webhooks/actions.ts';
import { CommandButton } from './command-button.tsx';

/** Sends a message again. */
export function RedeliverButton({ deliveryId, ...target }: WebhookTarget & { deliveryId: string }) {
  return (
    <CommandButton
      leftSection={<IconSend size={16} aria-hidden />}
      action={() => redeliverAction(target, deliveryId)}
      done="The message is on its way again."
    >
      Send again
    </CommandButton>
  );
}
