'use client';

import { Paper, Text } from '@mantine/core';
import { toText } from '../lib/form-fields.ts';
import classes from './task-input.module.css';

/** What was submitted, folded away. */
export function TaskInput({ input }: { input: Record<string, unknown> }) {
  return (
    <Paper withBorder component="details" className={classes.input}>
      <summary className={classes.summary}>Input</summary>
      {Object.entries(input).map(([name, value]) => (
        <div key={name} className={classes.field}>
          <Text size="xs" c="dimmed" fw={600}>
            {name}
          </Text>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long text must be scrollable by keyboard */}
          <pre className={classes.value} tabIndex={0}>
            {toText(value)}
          </pre>
        </div>
      ))}
    </Paper>
  );
}
