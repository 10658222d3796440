'use client';

import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { Anchor, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import Link from 'next/link';
import type { StreamStatus } from '../lib/browser/event-stream.ts';
import type { ShownTask } from '../lib/shown-task.ts';
import { stateLabels } from '../lib/task-labels.ts';
import { ReconnectingNote } from './reconnecting-note.tsx';
import { SimulatedBadge } from './simulated-badge.tsx';
import { StateBadge } from './state-badge.tsx';
import { TaskActions } from './task-actions.tsx';

type TaskHeadProps = {
  org: string;
  mayWrite: boolean;
  task: TaskDetail;
  kindTitle: string;
  shown: ShownTask;
  status: StreamStatus;
};

/** What the task is, how it stands, and what one can do with it. */
export function TaskHead({ org, mayWrite, task, kindTitle, shown, status }: TaskHeadProps) {
  const { state, stopping, endedAt } = shown;
  return (
    <Stack gap="xs">
      <Anchor component={Link} href={`/${org}/tasks`} size="sm" w="fit-content">
        ← Tasks
      </Anchor>
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={6} flex="1 1 20rem" miw={0}>
          <Title order={1}>{task.title}</Title>
          <Group gap="xs">
            <StateBadge state={state} stopping={stopping} testId="task-state" />
            {task.simulated && <SimulatedBadge />}
            <Text size="sm" c="dimmed">
              {kindTitle}
            </Text>
            {endedAt === null && <ReconnectingNote status={status} />}
          </Group>
        </Stack>
        {mayWrite && (
          <TaskActions
            org={org}
            taskId={task.id}
            state={state}
            stopping={stopping}
            waitsUntil={shown.retryAt ?? shown.startsAt}
            isBackingOff={shown.retryAt !== null}
          />
        )}
      </Group>
      <VisuallyHidden role="status" aria-live="polite">
        {`Task ${stopping ? 'is stopping' : stateLabels[state].label.toLowerCase()}`}
      </VisuallyHidden>
    </Stack>
  );
}
