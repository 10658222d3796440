'use client';

import { Table, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { DiffLine } from '../lib/diff-lines.ts';
import { excerptAt } from '../lib/diff-lines.ts';
import type { Finding, FindingSort } from '../lib/findings.ts';
import { FindingRow } from './finding-row.tsx';
import classes from './findings-table.module.css';

const columns: ReadonlyArray<{ sort: FindingSort; label: string }> = [
  { sort: 'severity', label: 'Severity' },
  { sort: 'title', label: 'Finding' },
  { sort: 'file', label: 'Place' },
];

type FindingsTableProps = {
  findings: Finding[];
  files: Map<string, DiffLine[]>;
  sort: FindingSort;
  onSort: (sort: FindingSort) => void;
};

/** Findings as a table; each opens to say why, what to do, and which line it means. */
export function FindingsTable({ findings, files, sort, onSort }: FindingsTableProps) {
  return (
    <Table className={classes.table} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column.sort} aria-sort={column.sort === sort ? 'ascending' : 'none'}>
              <UnstyledButton className={classes.sort} onClick={() => onSort(column.sort)}>
                {column.label}
                {column.sort === sort && <IconChevronDown size={14} aria-hidden />}
              </UnstyledButton>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      {findings.map((finding) => (
        <FindingRow
          key={`${finding.file}:${finding.line}:${finding.title}`}
          finding={finding}
          excerpt={excerptAt(files, finding.file, finding.line)}
        />
      ))}
    </Table>
  );
}
