'use client';

import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import { Alert, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useFindingsView } from '../lib/browser/use-findings-view.ts';
import { linesByFile } from '../lib/diff-lines.ts';
import { arrangeFindings, type Finding } from '../lib/findings.ts';
import { FindingFilter } from './finding-filter.tsx';
import { FindingsTable } from './findings-table.tsx';
import { SafeMarkdown } from './safe-markdown.tsx';

const verdicts = {
  approve: { title: 'Approve', color: 'green' },
  comment: { title: 'Comment', color: 'blue' },
  request_changes: { title: 'Changes requested', color: 'red' },
} as const;

type CodeReviewProps = {
  summary: string;
  findings: readonly Finding[];
  /** Null while the review is being written. */
  verdict: TaskOutput<'code.review'>['verdict'] | null;
  diff: string;
};

/** A review: its verdict, then its findings as a table to sort and filter. */
export function CodeReview({ summary, findings, verdict, diff }: CodeReviewProps) {
  const { severity, sort, setSeverity, setSort } = useFindingsView();
  const files = useMemo(() => linesByFile(diff), [diff]);
  const { title, color } = verdict ? verdicts[verdict] : { title: 'Reviewing', color: 'gray' };
  return (
    <Stack gap="md">
      <Alert color={color} title={title}>
        <SafeMarkdown text={summary} />
      </Alert>
      {findings.length === 0 && verdict && <Text c="dimmed">No findings.</Text>}
      {findings.length > 0 && (
        <>
          <FindingFilter findings={findings} severity={severity} onChange={setSeverity} />
          <FindingsTable
            findings={arrangeFindings(findings, severity, sort)}
            files={files}
            sort={sort}
            onSort={setSort}
          />
        </>
      )}
    </Stack>
  );
}
