'use client';

import { isTerminal } from '@devsphere/shared/tasks/states.ts';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ShownTask } from '../lib/shown-task.ts';
import { TimeAgo } from './time-ago.tsx';

const advice: Record<string, string> = {
  retry:
    'This usually passes. Retry keeps the finished steps, so only what is missing is paid for.',
  fatal: 'Trying again will not help as it is. Run again with changes to its input.',
  expired: 'It took longer than it may. Retry, or run again with less material.',
  cancelled: 'Retry goes on from the finished steps.',
};

/** Why the task ended badly, or why it is waiting, and what to do about it. */
export function TaskErrorAlert({ shown }: { shown: ShownTask }) {
  const { state, error, retryAt, timeline } = shown;
  if (isTerminal(state) && error && state !== 'cancelled') {
    return (
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={error.message}>
        <Text size="sm">{advice[error.class]}</Text>
        <Text size="xs" c="dimmed" mt={4}>
          Code: {error.code}
        </Text>
      </Alert>
    );
  }
  if (state === 'queued' && error?.code === 'agent_unavailable') {
    return (
      <Alert
        color="yellow"
        icon={<IconInfoCircle aria-hidden />}
        title="Waiting for the agent service"
      >
        <Text size="sm">{error.message} Nothing is lost, and nothing was paid for.</Text>
      </Alert>
    );
  }
  const failed = timeline.at(-1);
  if (state === 'queued' && retryAt && failed?.error) {
    return (
      <Alert
        color="yellow"
        icon={<IconInfoCircle aria-hidden />}
        title={`Attempt ${failed.attempt} failed: ${failed.error.message}`}
      >
        <Text size="sm">
          The next attempt starts by itself, <TimeAgo at={retryAt} />.
        </Text>
      </Alert>
    );
  }
  return null;
}
