'use client';

import { Group, Input, Paper, SegmentedControl, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import { SafeMarkdown } from './safe-markdown.tsx';
import type { FieldInputProps } from './task-field-input.tsx';

/** A long text in Markdown: written, or looked at as it will read. */
export function MarkdownField({ field, value, problem, onChange }: FieldInputProps) {
  const [mode, setMode] = useState('write');
  const id = useId();
  const { title, description, required, maxLength } = field;
  return (
    <Input.Wrapper
      id={id}
      label={title}
      description={description}
      required={required}
      error={problem}
    >
      <Group my={6}>
        <SegmentedControl
          size="xs"
          aria-label={`${title}: write or read`}
          value={mode}
          onChange={setMode}
          data={[
            { value: 'write', label: 'Write' },
            { value: 'read', label: 'Read' },
          ]}
        />
      </Group>
      {mode === 'write' ? (
        <Textarea
          id={id}
          value={value}
          error={Boolean(problem)}
          required={required}
          {...(maxLength ? { maxLength } : {})}
          autosize
          minRows={8}
          maxRows={24}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <Paper withBorder p="md" aria-label={`${title} as it reads`} component="section">
          <SafeMarkdown text={value} />
        </Paper>
      )}
    </Input.Wrapper>
  );
}
