'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTransition } from 'react';
import { resumeOrganizationAction } from '../../app/[org]/pause-actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';

/** Lets the work of a paused organisation go on. */
export function ResumeButton({ org }: { org: string }) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      size="compact-sm"
      leftSection={<IconPlayerPlay size={14} aria-hidden />}
      loading={pending}
      disabled={!ready}
      onClick={() =>
        startTransition(async () => {
          const refused = await resumeOrganizationAction(org);
          if (refused) notifications.show({ color: 'red', message: refused.message });
        })
      }
    >
      Resume
    </Button>
  );
}
