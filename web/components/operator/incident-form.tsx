'use client';

import { incidentStates } from '@devsphere/shared/contracts/status.ts';
import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState, useTransition } from 'react';
import { openIncidentAction, updateIncidentAction } from '../../app/operator/incidents/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';

/** Tells of a new incident, or how an open one goes on. */
export function IncidentForm({ incidentId }: { incidentId: string | null }) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const [state, setState] = useState('identified');
  const [refused, setRefused] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = incidentId
        ? await updateIncidentAction({ incidentId, state, body })
        : await openIncidentAction({ title, body });
      setRefused(answer?.message ?? null);
      if (answer) return;
      setTitle('');
      setBody('');
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {incidentId ? (
          <Select
            label="State"
            allowDeselect={false}
            data={incidentStates.map((value) => ({ value, label: value }))}
            value={state}
            onChange={(value) => setState(value ?? state)}
          />
        ) : (
          <TextInput
            label="Title"
            required
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={incidentId ? 'Update' : 'What is known'}
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={pending} disabled={!ready}>
            {incidentId ? 'Publish update' : 'Publish incident'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
