'use client';

import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { TaskTarget } from '../app/[org]/tasks/[id]/actions.ts';
import type { TimelineAttempt } from '../lib/task-timeline.ts';
import { Elapsed } from './elapsed.tsx';
import { RetryFromStep } from './retry-from-step.tsx';
import classes from './task-timeline.module.css';
import { TimelineStepItem } from './timeline-step-item.tsx';

const attemptLabels: Record<string, { label: string; color: string }> = {
  running: { label: 'Running', color: 'blue' },
  succeeded: { label: 'Succeeded', color: 'green' },
  failed: { label: 'Failed', color: 'red' },
  cancelled: { label: 'Cancelled', color: 'gray' },
  expired: { label: 'Expired', color: 'orange' },
  lost: { label: 'Worker lost', color: 'orange' },
  waiting: { label: 'Asked a person', color: 'yellow' },
  released: { label: 'Given back', color: 'gray' },
};

type TaskTimelineProps = {
  attempts: TimelineAttempt[];
  /** The task, when it may be done again from a step; null otherwise. */
  retry: TaskTarget | null;
};

/** Every attempt with its steps, oldest first. */
export function TaskTimeline({ attempts, retry }: TaskTimelineProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label="Timeline">
      <Title order={2} mb="xs">
        Timeline
      </Title>
      {attempts.length === 0 && (
        <Text size="sm" c="dimmed">
          No worker has taken this task yet.
        </Text>
      )}
      <Stack component="ol" gap="md" className={classes.attempts}>
        {attempts.map((attempt) => (
          <AttemptItem key={attempt.attempt} attempt={attempt} retry={retry} />
        ))}
      </Stack>
    </Paper>
  );
}

type AttemptItemProps = { attempt: TimelineAttempt; retry: TaskTarget | null };

function AttemptItem({ attempt, retry }: AttemptItemProps) {
  const { label, color } = attemptLabels[attempt.state] ?? { label: attempt.state, color: 'gray' };
  return (
    <li>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap={6}>
          <Text size="sm" fw={600}>
            Attempt {attempt.attempt}
          </Text>
          <Badge size="sm" color={color} variant="light" tt="none" radius="sm">
            {label}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" className={classes.time}>
          <Elapsed from={attempt.startedAt} until={attempt.endedAt} />
        </Text>
      </Group>
      {attempt.error && (
        <Text size="xs" c="var(--mantine-color-error)" mt={2}>
          {attempt.error.message}
        </Text>
      )}
      <Text size="xs" c="dimmed" className={classes.where}>
        {[attempt.worker, attempt.error?.code, attempt.error?.fingerprint]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <ol className={classes.steps}>
        {attempt.steps.map((step) => (
          <TimelineStepItem key={step.key} step={step}>
            {retry && step.state === 'done' && (
              <RetryFromStep task={retry} step={step.key} title={step.title} />
            )}
          </TimelineStepItem>
        ))}
      </ol>
    </li>
  );
}
