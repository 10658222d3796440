'use client';

import type { TaskKindName } from '@devsphere/shared/tasks/catalogue.ts';
import { isTerminal } from '@devsphere/shared/tasks/states.ts';
import { Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useDeferredValue } from 'react';
import type { ShownTask } from '../lib/shown-task.ts';
import { SafeMarkdown } from './safe-markdown.tsx';
import classes from './task-input.module.css';

const jsonKinds: readonly TaskKindName[] = ['code.review', 'data.extract'];

/** What the task has written so far; for one that ended without a result, what was left of it. */
export function LiveOutput({ kind, shown }: { kind: TaskKindName; shown: ShownTask }) {
  // Laying out long text must not hold up the next events.
  const content = useDeferredValue(shown.text?.content ?? '');
  const ended = isTerminal(shown.state);
  if (content === '') return <Waiting shown={shown} />;
  return (
    <Paper
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      component="section"
      aria-label={ended ? 'Unfinished output' : 'Output'}
    >
      {ended && (
        <Title order={2} mb="sm">
          Unfinished output
        </Title>
      )}
      <div data-testid="task-output" aria-busy={!ended}>
        {jsonKinds.includes(kind) ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long text must be scrollable by keyboard
          <pre className={classes.value} tabIndex={0}>
            {content}
          </pre>
        ) : (
          <SafeMarkdown text={content} />
        )}
      </div>
      {shown.state === 'running' && <Loader type="dots" size="sm" mt="sm" aria-label="Writing" />}
    </Paper>
  );
}

function Waiting({ shown: { state, retryAt } }: { shown: ShownTask }) {
  if (isTerminal(state) && state !== 'succeeded') return null;
  const text =
    state === 'running'
      ? 'Working. The output appears here as it is written.'
      : 'Waiting for a worker. This page updates by itself.';
  return (
    <Paper withBorder p="xl" data-testid="task-output">
      <Stack align="center" gap="sm">
        <Loader type="dots" aria-hidden />
        <Text c="dimmed" size="sm" ta="center">
          {state === 'succeeded'
            ? 'Fetching the result…'
            : retryAt
              ? 'Waiting for the next attempt.'
              : text}
        </Text>
      </Stack>
    </Paper>
  );
}
