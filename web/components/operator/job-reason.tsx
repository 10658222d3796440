'use client';

import type { JobExplanation } from '@devsphere/shared/contracts/operator.ts';
import { Text } from '@mantine/core';
import { type ToggleEvent, useState } from 'react';
import { TimeAgo } from '../time-ago.tsx';
import classes from './console.module.css';

type Answer = JobExplanation | 'asking' | 'gone' | 'failed';

/** Why a waiting job does not run: asked anew each time it is opened. */
export function JobReason({ queue, job }: { queue: string; job: string }) {
  const [answer, setAnswer] = useState<Answer>('asking');
  const ask = async ({ newState }: ToggleEvent<HTMLDetailsElement>) => {
    if (newState !== 'open') return;
    setAnswer('asking');
    setAnswer(await explain(queue, job).catch(() => 'failed' as const));
  };
  return (
    <details className={classes.history} onToggle={ask}>
      <summary>
        <Text component="span" size="sm">
          Why does it not run?
        </Text>
      </summary>
      <Text size="sm" mt={4} role="status" data-testid="job-reason">
        {said(answer)}
      </Text>
    </details>
  );
}

async function explain(queue: string, job: string): Promise<Answer> {
  const query = new URLSearchParams({ queue, job });
  const response = await fetch(`/operator/jobs/explanation?${query}`);
  if (response.status === 404) return 'gone';
  return response.ok ? await response.json() : 'failed';
}

function said(answer: Answer) {
  if (answer === 'asking') return 'Looking …';
  if (answer === 'gone') return 'It does not wait any more: look at the list again.';
  if (answer === 'failed') return 'This could not be found out. Open it again to ask once more.';
  return (
    <>
      {answer.text}
      {answer.until && (
        <>
          {' '}
          Expected <TimeAgo at={answer.until} />.
        </>
      )}
    </>
  );
}
