'use client';

import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { type AuditFilterValues, auditPath, noAuditFilters } from '../../lib/audit-path.ts';
import { auditWords } from '../../lib/audit-words.ts';
import classes from './audit.module.css';

const actionOptions = Object.entries(auditWords).map(([value, words]) => ({
  value,
  label: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`,
}));

type AuditFiltersProps = {
  org: string;
  filters: AuditFilterValues;
  actors: Array<{ userId: string; displayName: string }>;
};

/** Narrows the audit log; what is chosen stands in the address. */
export function AuditFilters({ org, filters, actors }: AuditFiltersProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const show = (changed: Partial<AuditFilterValues>) =>
    startTransition(() => router.replace(auditPath(org, { ...filters, ...changed })));
  const narrowed = Object.values(filters).some((value) => value !== '');
  return (
    <Group gap="sm" role="search" aria-label="Audit log" align="end" aria-busy={pending}>
      <Select
        className={classes.select}
        label="Who"
        placeholder="Anybody"
        clearable
        searchable
        data={actors.map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
        value={filters.actor || null}
        onChange={(actor) => show({ actor: actor ?? '' })}
      />
      <Select
        className={classes.select}
        label="Did what"
        placeholder="Anything"
        clearable
        searchable
        data={actionOptions}
        value={filters.action || null}
        onChange={(action) => show({ action: action ?? '' })}
      />
      <TextInput
        className={classes.day}
        type="date"
        label="From (UTC)"
        value={filters.from}
        onChange={(event) => show({ from: event.currentTarget.value })}
      />
      <TextInput
        className={classes.day}
        type="date"
        label="To (UTC)"
        value={filters.to}
        onChange={(event) => show({ to: event.currentTarget.value })}
      />
      {filters.target && (
        <Button
          variant="light"
          rightSection={<IconX size={16} aria-hidden />}
          onClick={() => show({ target: '' })}
        >
          One thing only
        </Button>
      )}
      {narrowed && (
        <Button variant="subtle" onClick={() => show(noAuditFilters)}>
          Clear filters
        </Button>
      )}
    </Group>
  );
}
