'use client';

import { Paper, Stack, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import type { TaskTarget } from '../app/[org]/tasks/[id]/actions.ts';
import type { Timeline } from '../lib/task-timeline.ts';
import classes from './task-timeline.module.css';
import { TimelineAttemptItem } from './timeline-attempt-item.tsx';
import { TimelineWait } from './timeline-wait.tsx';

type TaskTimelineProps = {
  timeline: Timeline;
  /** The task, when it may be done again from a step; null otherwise. */
  retry: TaskTarget | null;
};

/** Every attempt with its steps, and what the task waited for in between; oldest first. */
export function TaskTimeline({ timeline, retry }: TaskTimelineProps) {
  const { attempts, hasEarlier } = timeline;
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
      {hasEarlier && (
        <Text size="xs" c="dimmed" mb="xs">
          Only the last {attempts.length} attempts are shown.
        </Text>
      )}
      <Stack component="ol" gap="sm" className={classes.attempts}>
        <Waits timeline={timeline} after={0} />
        {attempts.map((attempt) => (
          <Fragment key={attempt.attempt}>
            <TimelineAttemptItem attempt={attempt} retry={retry} />
            <Waits timeline={timeline} after={attempt.attempt} />
          </Fragment>
        ))}
      </Stack>
    </Paper>
  );
}

function Waits({ timeline, after }: { timeline: Timeline; after: number }) {
  return timeline.waits
    .filter((wait) => wait.after === after)
    .map((wait) => (
      <TimelineWait key={`${wait.since} ${wait.for}`} wait={wait} answerers={timeline.answerers} />
    ));
}
