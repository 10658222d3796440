'use client';

import { Badge, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DiffExcerpt } from '../lib/diff-lines.ts';
import { type Finding, severityColors } from '../lib/findings.ts';
import { DiffExcerptView } from './diff-excerpt-view.tsx';
import classes from './findings-table.module.css';
import { SafeMarkdown } from './safe-markdown.tsx';

type FindingRowProps = { finding: Finding; excerpt: DiffExcerpt | undefined };

/** One finding: a line that opens. */
export function FindingRow({ finding, excerpt }: FindingRowProps) {
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <Table.Tbody>
      <Table.Tr>
        <Table.Td>
          <Badge
            color={severityColors[finding.severity]}
            variant="light"
            tt="capitalize"
            radius="sm"
          >
            {finding.severity}
          </Badge>
        </Table.Td>
        <Table.Td>
          <UnstyledButton
            className={classes.open}
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight
              size={16}
              aria-hidden
              className={classes.chevron}
              data-open={open || undefined}
            />
            {finding.title}
          </UnstyledButton>
        </Table.Td>
        <Table.Td className={classes.place}>
          {finding.file}
          {finding.line > 0 && `:${finding.line}`}
        </Table.Td>
      </Table.Tr>
      <Table.Tr id={details} hidden={!open}>
        <Table.Td colSpan={3} className={classes.details}>
          {excerpt && <DiffExcerptView excerpt={excerpt} />}
          <Text size="sm" fw={600} mt="xs">
            Why
          </Text>
          <SafeMarkdown text={finding.why} />
          <Text size="sm" fw={600} mt="xs">
            Suggestion
          </Text>
          <SafeMarkdown text={finding.suggestion} />
        </Table.Td>
      </Table.Tr>
    </Table.Tbody>
  );
}
