'use client';

import { Select, Textarea, TextInput } from '@mantine/core';
import type { FormField } from '../lib/form-fields.ts';
import { FileField } from './file-field.tsx';
import { JsonField } from './json-field.tsx';
import { MarkdownField } from './markdown-field.tsx';

export type FieldInputProps = {
  field: FormField;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
};

/** One field of a task's form, as its schema wants it drawn. */
export function TaskFieldInput({ field, value, problem, onChange }: FieldInputProps) {
  const common = {
    label: field.title,
    description: field.description,
    required: field.required,
    error: problem,
    value,
    ...(field.maxLength ? { maxLength: field.maxLength } : {}),
  };
  switch (field.widget) {
    case 'file':
      return <FileField field={field} value={value} problem={problem} onChange={onChange} />;
    case 'markdown':
      return <MarkdownField field={field} value={value} problem={problem} onChange={onChange} />;
    case 'json':
      return <JsonField field={field} value={value} problem={problem} onChange={onChange} />;
    case 'select':
      return (
        <Select
          label={field.title}
          description={field.description}
          required={field.required}
          error={problem}
          allowDeselect={false}
          maw={320}
          data={field.options.map((option) => ({ value: option, label: capitalized(option) }))}
          value={value || null}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'textarea':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={16}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <TextInput
          {...common}
          inputMode="numeric"
          maw={200}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
      return <TextInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
