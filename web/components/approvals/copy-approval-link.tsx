'use client';

import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLink } from '@tabler/icons-react';
import { useState, useTransition } from 'react';
import {
  type ApprovalTarget,
  approvalLinkAction,
} from '../../app/[org]/tasks/[id]/approval-actions.ts';
import { CopyableCode } from '../api-keys/copyable-code.tsx';

/** Gets a link for somebody without an account, who can answer with it once. */
export function CopyApprovalLink(target: ApprovalTarget) {
  const [url, setUrl] = useState<string>();
  const [pending, startTransition] = useTransition();
  const make = () =>
    startTransition(async () => {
      const made = await approvalLinkAction(target);
      if ('url' in made) setUrl(made.url);
      else notifications.show({ color: 'red', message: made.message });
    });
  if (!url) {
    return (
      <Button
        variant="default"
        leftSection={<IconLink size={16} aria-hidden />}
        loading={pending}
        onClick={make}
      >
        Link for somebody else
      </Button>
    );
  }
  return (
    <Stack gap={4} w="100%">
      <CopyableCode label="Link that answers this" text={url} />
      <Text size="xs" c="dimmed">
        Whoever has it can answer, once and without an account.
      </Text>
    </Stack>
  );
}
