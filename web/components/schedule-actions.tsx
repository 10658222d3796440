'use client';

import type { ScheduleSummary } from '@devsphere/shared/contracts/http/schedule.ts';
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconBolt,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import Link from 'next/link';
import { useState, useTransition } from 'react';
import {
  type CommandAnswer,
  deleteScheduleAction,
  pauseScheduleAction,
  resumeScheduleAction,
  runScheduleAction,
  type ScheduleTarget,
} from '../app/[org]/schedules/[id]/actions.ts';
import { newKey } from '../lib/browser/new-key.ts';
import { useReady } from '../lib/browser/use-ready.ts';

type ScheduleActionsProps = ScheduleTarget & { state: ScheduleSummary['state'] };

/** Run it now, pause or resume it, change it, delete it. */
export function ScheduleActions({ org, scheduleId, state }: ScheduleActionsProps) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  const [deleting, setDeleting] = useState(false);
  // One press, one task, however often the button is hit before the page changes.
  const [key] = useState(newKey);
  const run = (command: (target: ScheduleTarget) => Promise<CommandAnswer>) =>
    startTransition(async () => {
      const refused = await command({ org, scheduleId });
      if (refused) notifications.show({ color: 'red', message: refused.message });
    });
  const busy = { disabled: !ready || pending };
  if (deleting) {
    return (
      <Group gap="xs" role="group" aria-label="Delete this schedule and its history?">
        <Button
          variant="light"
          color="red"
          loading={pending}
          onClick={() => run(deleteScheduleAction)}
        >
          Delete it and its history
        </Button>
        <Button variant="default" autoFocus {...busy} onClick={() => setDeleting(false)}>
          Keep it
        </Button>
      </Group>
    );
  }
  return (
    <Group gap="xs">
      <Button
        leftSection={<IconBolt size={16} aria-hidden />}
        {...busy}
        onClick={() => run((target) => runScheduleAction(target, key))}
      >
        Run now
      </Button>
      {state === 'active' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          {...busy}
          onClick={() => run(pauseScheduleAction)}
        >
          Pause
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          {...busy}
          onClick={() => run(resumeScheduleAction)}
        >
          Resume
        </Button>
      )}
      <Button
        component={Link}
        href={`/${org}/schedules/${scheduleId}/edit`}
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
      >
        Edit
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        {...busy}
        onClick={() => setDeleting(true)}
      >
        Delete
      </Button>
    </Group>
  );
}
