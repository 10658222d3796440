'use client';

import { Button, Group, Text, Textarea } from '@mantine/core';
import classes from './file-field.module.css';
import type { FieldInputProps } from './task-field-input.tsx';

const exampleSchema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    date: { type: 'string', description: 'ISO 8601' },
    people: { type: 'array', items: { type: 'string' } },
  },
  required: ['title', 'people'],
  additionalProperties: false,
};

/** A JSON value, checked while it is typed. */
export function JsonField({ field, value, problem, onChange }: FieldInputProps) {
  const syntax = value.trim() === '' ? undefined : syntaxProblem(value);
  return (
    <div>
      <Textarea
        label={field.title}
        description={field.description}
        required={field.required}
        error={problem ?? syntax}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={6}
        maxRows={20}
        spellCheck={false}
        classNames={{ input: classes.text }}
      />
      <Group gap="xs" mt={6}>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChange(JSON.stringify(exampleSchema, null, 2))}
        >
          Insert an example
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          disabled={value.trim() === '' || syntax !== undefined}
          onClick={() => onChange(JSON.stringify(JSON.parse(value), null, 2))}
        >
          Tidy up
        </Button>
        {value.trim() !== '' && !syntax && (
          <Text size="xs" c="dimmed">
            Valid JSON
          </Text>
        )}
      </Group>
    </div>
  );
}

function syntaxProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `Not valid JSON yet: ${(error as Error).message}`;
  }
}
