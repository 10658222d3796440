'use client';

import { isTerminal } from '@devsphere/shared/tasks/states.ts';
import { Loader, Paper, Stack, Text } from '@mantine/core';
import type { ShownTask } from '../lib/shown-task.ts';
import { TimeAgo } from './time-ago.tsx';

/** Stands where the output will be; nothing when none will come. */
export function OutputToCome({ shown }: { shown: ShownTask }) {
  if (isTerminal(shown.state) && shown.state !== 'succeeded') return null;
  return (
    <Paper withBorder p="xl" data-testid="task-output">
      <Stack align="center" gap="sm">
        <Loader type="dots" aria-hidden />
        <Text c="dimmed" size="sm" ta="center">
          {shown.state === 'queued' && shown.startsAt ? (
            <>
              Submitted for later: starts <TimeAgo at={shown.startsAt} />.
            </>
          ) : (
            whatIsAwaited(shown)
          )}
        </Text>
      </Stack>
    </Paper>
  );
}

function whatIsAwaited({ state, retryAt }: ShownTask): string {
  if (state === 'succeeded') return 'Fetching the result…';
  if (state === 'running') return 'Working. The output appears here as it is written.';
  if (state === 'waiting') return 'Waiting for an answer.';
  if (retryAt) return 'Waiting for the next attempt.';
  return 'Waiting for a worker. This page updates by itself.';
}
