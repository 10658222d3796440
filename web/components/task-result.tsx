'use client';

import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Article } from '../lib/server/article.ts';
import { ArticleResult } from './article-result.tsx';
import { CodeReview } from './code-review.tsx';
import { OutputBar } from './output-bar.tsx';
import { SafeMarkdown } from './safe-markdown.tsx';
import classes from './task-input.module.css';

type TaskResultProps = {
  task: TaskDetail;
  output: Record<string, unknown>;
  article: Article | null;
};

/** The stored result, drawn as its kind deserves; as JSON for a kind this page does not know. */
export function TaskResult({ task, output, article }: TaskResultProps) {
  const name = fileNameOf(task.title);
  if (task.kind === 'seo.article') {
    return (
      <ArticleResult name={name} output={output as TaskOutput<'seo.article'>} article={article} />
    );
  }
  if (typeof output.markdown === 'string') {
    return (
      <Frame text={output.markdown} fileName={`${name}.md`} mediaType="text/markdown">
        <SafeMarkdown text={output.markdown} />
      </Frame>
    );
  }
  const isReview = task.kind === 'code.review';
  const json = JSON.stringify(task.kind === 'data.extract' ? output.data : output, null, 2);
  return (
    <Frame text={json} fileName={`${name}.json`} mediaType="application/json">
      {isReview ? (
        <CodeReview
          {...(output as TaskOutput<'code.review'>)}
          diff={String(task.input.diff ?? '')}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long text must be scrollable by keyboard
        <pre className={classes.value} tabIndex={0}>
          {json}
        </pre>
      )}
    </Frame>
  );
}

type FrameProps = { text: string; fileName: string; mediaType: string; children: ReactNode };

function Frame({ children, ...bar }: FrameProps) {
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Result">
      <OutputBar title="Result" {...bar} />
      <div data-testid="task-output">{children}</div>
    </Paper>
  );
}

function fileNameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name.slice(0, 60) || 'result';
}
