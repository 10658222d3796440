'use client';

import { Badge, Group, Text } from '@mantine/core';
import type { TaskTarget } from '../app/[org]/tasks/[id]/actions.ts';
import type { TimelineAttempt } from '../lib/task-timeline.ts';
import { AttemptTimes } from './attempt-times.tsx';
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
  released: { label: 'Interrupted', color: 'gray' },
};

/** Whether trying again could help, in a word; the other classes are what the label says. */
const classLabels: Record<string, string> = { retry: 'Temporary', fatal: 'Lasting' };
const shownDigits = 8;

type AttemptItemProps = { attempt: TimelineAttempt; retry: TaskTarget | null };

/** One attempt: where and when it ran, what went wrong, and its steps. */
export function TimelineAttemptItem({ attempt, retry }: AttemptItemProps) {
  const { label, color } = attemptLabels[attempt.state] ?? { label: attempt.state, color: 'gray' };
  return (
    <li data-attempt={attempt.attempt}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap={6}>
          <Text size="sm" fw={600}>
            Attempt {attempt.attempt}
          </Text>
          <Badge size="sm" color={color} variant="light" tt="none" radius="sm">
            {label}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" className={classes.time}>
          <WorkTime attempt={attempt} />
        </Text>
      </Group>
      {attempt.error && <AttemptError error={attempt.error} />}
      <AttemptTimes attempt={attempt} />
      <ol className={classes.steps}>
        {attempt.steps.map((step) => (
          <TimelineStepItem key={step.key} step={step}>
            {retry && step.isKept && (
              <RetryFromStep task={retry} step={step.key} title={step.title} />
            )}
          </TimelineStepItem>
        ))}
      </ol>
    </li>
  );
}

/** How long it ran. Of one whose worker vanished that is known only up to its last sign. */
function WorkTime({
  attempt: { state, startedAt, endedAt, lastSignAt },
}: Pick<AttemptItemProps, 'attempt'>) {
  if (state !== 'lost') return <Elapsed from={startedAt} until={endedAt} />;
  if (!lastSignAt) return null;
  return (
    <>
      at least <Elapsed from={startedAt} until={lastSignAt} />
    </>
  );
}

function AttemptError({ error }: { error: NonNullable<TimelineAttempt['error']> }) {
  const { class: kind, code, message, fingerprint } = error;
  return (
    <>
      <Text size="xs" c="var(--mantine-color-error)" mt={2}>
        {message}
      </Text>
      <Text size="xs" c="dimmed" className={classes.where}>
        {classLabels[kind] && `${classLabels[kind]} · `}
        {code}
        {fingerprint && (
          <>
            {' · '}
            <span title={`Fingerprint ${fingerprint}: failures of the same making have the same`}>
              {fingerprint.slice(0, shownDigits)}
            </span>
          </>
        )}
      </Text>
    </>
  );
}
