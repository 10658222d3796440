'use client';

import { Button } from '@mantine/core';
import { ProblemPage } from './problem-page.tsx';

/** What a failed page says; `digest` finds the line in the server's log. */
export function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string'
      ? error.digest
      : null;
  return (
    <ProblemPage
      title="This page could not be shown"
      text={`Something went wrong on our side. Your tasks go on running.${digest ? ` If it stays, quote ${digest}.` : ''}`}
    >
      <Button onClick={retry}>Try again</Button>
    </ProblemPage>
  );
}
