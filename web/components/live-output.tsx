'use client';

import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { isTerminal } from '@devsphere/shared/tasks/states.ts';
import { Loader, Paper, Title } from '@mantine/core';
import { useDeferredValue } from 'react';
import { parsePartialJson } from '../lib/partial-json.ts';
import { readPartialReview } from '../lib/partial-review.ts';
import type { ShownTask } from '../lib/shown-task.ts';
import { CodeReview } from './code-review.tsx';
import { OutputToCome } from './output-to-come.tsx';
import { SafeMarkdown } from './safe-markdown.tsx';
import classes from './task-input.module.css';

/** What the task has written so far; for one that ended without a result, what was left of it. */
export function LiveOutput({ task, shown }: { task: TaskDetail; shown: ShownTask }) {
  // Laying out long text must not hold up the next events.
  const content = useDeferredValue(shown.text?.content ?? '');
  const ended = isTerminal(shown.state);
  const title = ended && shown.state !== 'succeeded' ? 'Unfinished output' : 'Output';
  if (content === '') return <OutputToCome shown={shown} />;
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <div data-testid="task-output" aria-busy={!ended}>
        <Content task={task} content={content} />
      </div>
      {shown.state === 'running' && (
        <Loader type="dots" size="sm" mt="sm" role="img" aria-label="Writing" />
      )}
    </Paper>
  );
}

function Content({ task, content }: { task: TaskDetail; content: string }) {
  if (task.kind === 'code.review') {
    const review = readPartialReview(content);
    if (review) {
      return <CodeReview {...review} verdict={null} diff={String(task.input.diff ?? '')} />;
    }
  }
  if (task.kind === 'data.extract' || task.kind === 'code.review') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long text must be scrollable by keyboard
      <pre className={classes.value} tabIndex={0}>
        {tidiedJson(content)}
      </pre>
    );
  }
  return <SafeMarkdown text={content} />;
}

function tidiedJson(text: string): string {
  const value = parsePartialJson(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}
