'use client';

import { Alert, Button, Paper, Select, Stack, TextInput, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useReady } from '../lib/browser/use-ready.ts';
import { type ScheduleFormOptions, useScheduleForm } from '../lib/browser/use-schedule-form.ts';
import { RhythmFields } from './rhythm-fields.tsx';
import { TaskFieldInput } from './task-field-input.tsx';
import classes from './task-form.module.css';

const catchUps = [
  { value: 'once', label: 'Run the latest missed time once' },
  { value: 'skip', label: 'Skip what was missed' },
];

/** The form of a schedule: what is done, and when. */
export function ScheduleForm(options: ScheduleFormOptions) {
  const { values, setValue, settings, set, problems, pending, save } = useScheduleForm(options);
  const ready = useReady();
  const form = useRef<HTMLFormElement>(null);

  // Somebody who can't see the red must be taken to it.
  useEffect(() => {
    if (Object.keys(problems.input).length + Object.keys(problems.settings).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset disabled={!ready} className={classes.fields}>
        {problems.input[''] && (
          <Alert color="red" role="alert">
            {problems.input['']}
          </Alert>
        )}
        <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="When">
          <Stack gap="lg">
            <Title order={2}>When</Title>
            <TextInput
              label="Name"
              required
              maxLength={120}
              value={settings.name}
              error={problems.settings.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <RhythmFields
              cron={settings.cron}
              timeZone={settings.timeZone}
              problems={problems.settings}
              onChange={set}
            />
            <Select
              label="After downtime"
              description="What happens when no worker was running at the time."
              data={catchUps}
              allowDeselect={false}
              maw={360}
              value={settings.catchUp}
              onChange={(value) => set({ catchUp: value === 'skip' ? 'skip' : 'once' })}
            />
          </Stack>
        </Paper>
        <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="What">
          <Stack gap="lg">
            <Title order={2}>What</Title>
            {options.fields.map((field) => (
              <TaskFieldInput
                key={field.name}
                field={field}
                value={values[field.name] ?? ''}
                problem={problems.input[field.name]}
                onChange={(value) => setValue(field.name, value)}
              />
            ))}
            <Button type="submit" loading={pending} w="fit-content">
              {options.scheduleId ? 'Save changes' : 'Create schedule'}
            </Button>
          </Stack>
        </Paper>
      </fieldset>
    </form>
  );
}
