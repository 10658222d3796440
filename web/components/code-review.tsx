'use client';

import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import { Alert, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useFindingsView } from '../lib/browser/use-findings-view.ts';
import { linesByFile } from '../lib/diff-lines.ts';
import { arrangeFindings } from '../lib/findings.ts';
import { FindingFilter } from './finding-filter.tsx';
import { FindingsTable } from './findings-table.tsx';
import { SafeMarkdown } from './safe-markdown.tsx';

const verdicts = {
  approve: { title: 'Approve', color: 'green' },
  comment: { title: 'Comment', color: 'blue' },
  request_changes: { title: 'Changes requested', color: 'red' },
} as const;

type CodeReviewProps = { review: TaskOutput<'code.review'>; diff: string };

/** A review: its verdict, then its findings as a table to sort and filter. */
export function CodeReview({ review, diff }: CodeReviewProps) {
  const { severity, sort, setSeverity, setSort } = useFindingsView();
  const files = useMemo(() => linesByFile(diff), [diff]);
  const { title, color } = verdicts[review.verdict];
  return (
    <Stack gap="md">
      <Alert color={color} title={title}>
        <SafeMarkdown text={review.summary} />
      </Alert>
      {review.findings.length === 0 ? (
        <Text c="dimmed">No findings.</Text>
      ) : (
        <>
          <FindingFilter findings={review.findings} severity={severity} onChange={setSeverity} />
          <FindingsTable
            findings={arrangeFindings(review.findings, severity, sort)}
            files={files}
            sort={sort}
            onSort={setSort}
          />
        </>
      )}
    </Stack>
  );
}
