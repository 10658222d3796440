'use client';

import { Group, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import type { LiveWait } from '../lib/live-waits.ts';
import { waitWords } from '../lib/wait-words.ts';
import { Elapsed } from './elapsed.tsx';
import { Moment } from './moment.tsx';
import classes from './task-timeline.module.css';

type TimelineWaitProps = { wait: LiveWait; answerers: Record<string, string> };

/** What a task waited for between two attempts, and for how long. */
export function TimelineWait({ wait, answerers }: TimelineWaitProps) {
  const words = waitWords(wait, answerers);
  if (words === null) return null;
  return (
    <li className={classes.wait}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <span className={classes.icon}>
          <IconHourglass size={14} aria-hidden />
        </span>
        <Text size="xs" c="dimmed" flex={1}>
          {words}
          {wait.for === 'answer' && wait.until && (
            <>
              , <Moment at={wait.until} />
            </>
          )}
        </Text>
        <Text size="xs" c="dimmed" className={classes.time}>
          <Elapsed from={wait.since} until={wait.until} />
        </Text>
      </Group>
    </li>
  );
}
