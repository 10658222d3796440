'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTransition } from 'react';
import { requestExportAction } from '../../app/[org]/settings/data/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';

/** Asks for an export of everything. */
export function RequestExport({ org }: { org: string }) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      variant="default"
      disabled={!ready}
      loading={pending}
      onClick={() =>
        startTransition(async () => {
          const refused = await requestExportAction(org);
          if (refused) notifications.show({ color: 'red', message: refused.message });
        })
      }
    >
      Make an export
    </Button>
  );
}
