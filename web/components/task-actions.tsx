'use client';

import { isTerminal, retryableStates, type TaskState } from '@devsphere/shared/tasks/states.ts';
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCalendarPlus,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRepeat,
} from '@tabler/icons-react';
import Link from 'next/link';
import { useTransition } from 'react';
import {
  type CommandAnswer,
  cancelTaskAction,
  retryTaskAction,
  startTaskNowAction,
  type TaskTarget,
} from '../app/[org]/tasks/[id]/actions.ts';
import { useNow } from '../lib/browser/use-now.ts';
import { useReady } from '../lib/browser/use-ready.ts';

type TaskActionsProps = TaskTarget & {
  state: TaskState;
  stopping: boolean;
  /** The time a queued task waits for; null when it waits for none. */
  waitsUntil: string | null;
  /** Whether that is the time of its next attempt, after one that failed. */
  isBackingOff: boolean;
};

/** Stop it, try it again, or start from its input. */
export function TaskActions({
  org,
  taskId,
  state,
  stopping,
  waitsUntil,
  isBackingOff,
}: TaskActionsProps) {
  const ready = useReady();
  const now = useNow(waitsUntil === null ? null : 1_000);
  const [pending, startTransition] = useTransition();
  const run = (command: (target: TaskTarget) => Promise<CommandAnswer>) =>
    startTransition(async () => {
      const refused = await command({ org, taskId });
      if (refused) notifications.show({ color: 'red', message: refused.message });
    });
  return (
    <Group gap="xs">
      {ready && state === 'queued' && !stopping && waitsUntil && Date.parse(waitsUntil) > now && (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={pending}
          onClick={() => run(startTaskNowAction)}
        >
          {isBackingOff ? 'Retry now' : 'Start now'}
        </Button>
      )}
      {!isTerminal(state) && (
        <Button
          variant="light"
          color="red"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          loading={pending}
          disabled={stopping || !ready}
          onClick={() => run(cancelTaskAction)}
        >
          {stopping ? 'Stopping…' : 'Cancel task'}
        </Button>
      )}
      {(retryableStates as readonly TaskState[]).includes(state) && (
        <Button
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={pending}
          disabled={!ready}
          onClick={() => run(retryTaskAction)}
        >
          Retry
        </Button>
      )}
      <Button
        component={Link}
        href={`/${org}/tasks/new?from=${taskId}`}
        variant="default"
        leftSection={<IconRepeat size={16} aria-hidden />}
      >
        Run again with changes
      </Button>
      <Button
        component={Link}
        href={`/${org}/schedules/new?from=${taskId}`}
        variant="default"
        leftSection={<IconCalendarPlus size={16} aria-hidden />}
      >
        Schedule this
      </Button>
    </Group>
  );
}
