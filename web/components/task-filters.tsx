'use client';

import { Button, Checkbox, Group, Loader, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { type ListFilters, listPath } from '../lib/list-path.ts';
import { stateLabels } from '../lib/task-labels.ts';
import { searchFieldId } from './keyboard-shortcuts.tsx';
import { TagFilter } from './tag-filter.tsx';
import classes from './task-filters.module.css';

const stateOptions = [
  { value: 'active', label: 'Active' },
  ...Object.entries(stateLabels).map(([value, { label }]) => ({ value, label })),
];
const typingPauseMilliseconds = 300;

type TaskFiltersProps = {
  org: string;
  filters: ListFilters;
  kinds: Array<{ name: string; title: string }>;
};

/** Narrows the list; what is chosen stands in the address. */
export function TaskFilters({ org, filters, kinds }: TaskFiltersProps) {
  const router = useRouter();
  const focusSearch = useSearchParams().get('focus') === 'search';
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filters.q);
  const [pending, startTransition] = useTransition();
  const show = (changed: Partial<ListFilters>) =>
    startTransition(() =>
      router.replace(listPath(org, { ...filters, q: typed.trim(), ...changed })),
    );
  const showTyped = useDebouncedCallback(
    (q: string) => show({ q: q.trim() }),
    typingPauseMilliseconds,
  );

  // Back and forward change the address under the field.
  useEffect(() => {
    if (document.activeElement !== search.current) setTyped(filters.q);
  }, [filters.q]);
  useEffect(() => {
    if (focusSearch) search.current?.focus();
  }, [focusSearch]);

  const narrowed = filters.state || filters.kind || filters.mine || filters.q || filters.tag;
  return (
    <Group gap="sm" role="search" aria-label="Tasks" className={classes.filters}>
      <TextInput
        ref={search}
        id={searchFieldId}
        className={classes.search}
        aria-label="Search titles"
        placeholder="Search titles"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={pending ? <Loader size="xs" /> : null}
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          showTyped(event.currentTarget.value);
        }}
      />
      <Select
        className={classes.select}
        aria-label="State"
        placeholder="Any state"
        clearable
        data={stateOptions}
        value={filters.state || null}
        onChange={(state) => show({ state: state ?? '' })}
      />
      <Select
        className={classes.select}
        aria-label="Kind"
        placeholder="Any kind"
        clearable
        data={kinds.map(({ name, title }) => ({ value: name, label: title }))}
        value={filters.kind || null}
        onChange={(kind) => show({ kind: kind ?? '' })}
      />
      <TagFilter key={filters.tag} tag={filters.tag} show={(tag) => show({ tag })} />
      <Checkbox
        label="Mine only"
        checked={filters.mine}
        onChange={(event) => show({ mine: event.currentTarget.checked })}
      />
      {narrowed && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setTyped('');
            show({ state: '', kind: '', mine: false, q: '', tag: '' });
          }}
        >
          Clear filters
        </Button>
      )}
    </Group>
  );
}
