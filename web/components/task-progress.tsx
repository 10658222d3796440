'use client';

import { Progress, Stack, Text } from '@mantine/core';
import type { ShownTask } from '../lib/shown-task.ts';

/** How far a running task has come; nothing for one that does not say. */
export function TaskProgress({ shown: { state, progress } }: { shown: ShownTask }) {
  if (state !== 'running' || !progress || progress.total <= 0) return null;
  const percent = Math.min(100, (100 * progress.done) / progress.total);
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {progress.label}
      </Text>
      <Progress value={percent} aria-label={progress.label} />
    </Stack>
  );
}
