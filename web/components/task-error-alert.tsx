'use client';

import { isTerminal } from '@devsphere/shared/tasks/states.ts';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { adviceOn } from '../lib/error-advice.ts';
import type { ShownTask } from '../lib/shown-task.ts';
import { TimeAgo } from './time-ago.tsx';

/** Why the task ended badly, or why it is waiting, and what to do about it. */
export function TaskErrorAlert({ shown }: { shown: ShownTask }) {
  const { state, error, retryAt, timeline } = shown;
  if (isTerminal(state) && error && state !== 'cancelled') {
    return (
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={error.message}>
        <Text size="sm">{adviceOn(error)}</Text>
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
        <Text size="sm">{error.message} Nothing is lost: finished steps are kept.</Text>
      </Alert>
    );
  }
  const failed = timeline.attempts.at(-1);
  if (state === 'queued' && retryAt && failed?.error) {
    return (
      <Alert
        color="yellow"
        icon={<IconInfoCircle aria-hidden />}
        title={`Attempt ${failed.attempt} failed: ${failed.error.message}`}
      >
        <Text size="sm">
          The next attempt comes by itself and is due <TimeAgo at={retryAt} />.
        </Text>
      </Alert>
    );
  }
  return null;
}
