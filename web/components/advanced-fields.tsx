'use client';

import { Select, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { AdvancedValues } from '../lib/advanced-options.ts';
import { priorities } from '../lib/priorities.ts';
import { DebounceFields } from './debounce-fields.tsx';
import classes from './task-input.module.css';

type AdvancedFieldsProps = {
  values: AdvancedValues;
  problems: Record<string, string>;
  onChange: (change: Partial<AdvancedValues>) => void;
};

/** When and how a task runs: closed until somebody wants it, or something in it is wrong. */
export function AdvancedFields({ values, problems, onChange }: AdvancedFieldsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const isWrong = Object.keys(values).some((name) => name in problems);
  useEffect(() => {
    if (isWrong && details.current) details.current.open = true;
  }, [isWrong]);
  const text = (name: Exclude<keyof AdvancedValues, 'priority' | 'tags'>) => ({
    value: values[name],
    error: problems[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <details ref={details}>
      <summary className={classes.summary}>Advanced</summary>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" mt="sm">
        <TextInput
          label="Start at"
          description="Your time; empty starts at once. At most 30 days ahead."
          type="datetime-local"
          {...text('runAt')}
        />
        <Select
          label="Priority"
          description="Among the waiting tasks of your organisation."
          allowDeselect={false}
          data={priorities}
          value={values.priority}
          error={problems.priority}
          onChange={(chosen) => onChange({ priority: chosen ?? '0' })}
        />
        <TextInput
          label="Expires unless started"
          description="Minutes from now; empty waits for as long as it takes."
          inputMode="numeric"
          {...text('expiresInSeconds')}
        />
        <TextInput
          label="A run may take"
          description="Minutes, if less than this kind of task may."
          inputMode="numeric"
          {...text('deadlineSeconds')}
        />
      </SimpleGrid>
      <TagsInput
        mt="md"
        label="Tags"
        description="Up to 10 words to find it by. Press Enter after each."
        maxTags={10}
        value={values.tags}
        error={problems.tags}
        onChange={(tags) => onChange({ tags })}
      />
      <Textarea
        mt="md"
        label="Metadata"
        description="Texts of your own, one “name: value” a line, given back with the task. Up to 10."
        autosize
        minRows={2}
        maxRows={10}
        {...text('metadata')}
      />
      <DebounceFields fieldOf={text} />
    </details>
  );
}
