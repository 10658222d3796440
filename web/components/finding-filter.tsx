'use client';

import { Button, Group } from '@mantine/core';
import { type Finding, type Severity, severityOrder } from '../lib/findings.ts';

type FindingFilterProps = {
  findings: readonly Finding[];
  severity: Severity | null;
  onChange: (severity: Severity | null) => void;
};

/** Chooses which severity to see, and says how many there are of each. */
export function FindingFilter({ findings, severity, onChange }: FindingFilterProps) {
  const choices = [
    { value: null, label: 'All', count: findings.length },
    ...severityOrder.map((value) => ({
      value,
      label: value.charAt(0).toUpperCase() + value.slice(1),
      count: findings.filter((finding) => finding.severity === value).length,
    })),
  ].filter(({ value, count }) => value === null || count > 0 || value === severity);
  return (
    <Group gap={6} role="group" aria-label="Severity">
      {choices.map(({ value, label, count }) => (
        <Button
          key={label}
          size="compact-sm"
          variant={value === severity ? 'filled' : 'default'}
          aria-pressed={value === severity}
          onClick={() => onChange(value)}
        >
          {label} {count}
        </Button>
      ))}
    </Group>
  );
}
