'use client';

import { Alert, Button, Group, Kbd, Paper, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useReady } from '../lib/browser/use-ready.ts';
import { type TaskFormOptions, useTaskForm } from '../lib/browser/use-task-form.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { TaskFieldInput } from './task-field-input.tsx';
import classes from './task-form.module.css';

/** The form of one kind of task. Ctrl or ⌘ with Enter submits from any field. */
export function TaskForm(options: TaskFormOptions) {
  const { values, setValue, problems, pending, submit, advanced, changeAdvanced } =
    useTaskForm(options);
  const ready = useReady();
  const form = useRef<HTMLFormElement>(null);
  const { source, fields } = options;

  // Somebody who can't see the red must be taken to it.
  useEffect(() => {
    if (Object.keys(problems).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!ready} className={classes.fields}>
          {source && (
            <Text size="sm" c="dimmed">
              Filled in from “{source.title}”. Change what you like.
            </Text>
          )}
          {problems[''] && (
            <Alert color="red" role="alert">
              {problems['']}
            </Alert>
          )}
          {fields.map((field) => (
            <TaskFieldInput
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              problem={problems[field.name]}
              onChange={(value) => setValue(field.name, value)}
            />
          ))}
          <AdvancedFields values={advanced} problems={problems} onChange={changeAdvanced} />
          <Group gap="sm">
            <Button type="submit" loading={pending}>
              Submit task
            </Button>
            <Text size="xs" c="dimmed" visibleFrom="sm">
              <Kbd size="xs">Ctrl</Kbd> or <Kbd size="xs">⌘</Kbd> + <Kbd size="xs">Enter</Kbd>
            </Text>
          </Group>
        </fieldset>
      </form>
    </Paper>
  );
}
