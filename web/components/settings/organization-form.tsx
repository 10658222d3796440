'use client';

import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState, useTransition } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

export type OrganizationFields = { name: string; slug: string };

type OrganizationFormProps = {
  initial: OrganizationFields;
  submitLabel: string;
  /** Answers only when refused or when the page stays. */
  save: (fields: OrganizationFields) => Promise<SettingsAnswer>;
  /** Follows the name until somebody types an address. */
  suggestSlug?: boolean;
};

/** The name of an organisation and its address. */
export function OrganizationForm({
  initial,
  submitLabel,
  save,
  suggestSlug = false,
}: OrganizationFormProps) {
  const ready = useReady();
  const [fields, setFields] = useState(initial);
  const [suggesting, setSuggesting] = useState(suggestSlug);
  const [refused, setRefused] = useState<SettingsAnswer>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await save(fields);
      setRefused(answer);
      if (!answer) notifications.show({ color: 'green', message: 'Saved.' });
    });
  };
  const unplaced = refused && !refused.fields.name && !refused.fields.slug ? refused.message : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {unplaced && (
          <Alert color="red" role="alert">
            {unplaced}
          </Alert>
        )}
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={120}
          autoComplete="organization"
          value={fields.name}
          error={refused?.fields.name}
          onChange={(event) => {
            const name = event.currentTarget.value;
            setFields(({ slug }) => ({ name, slug: suggesting ? slugOf(name) : slug }));
          }}
        />
        <TextInput
          label="Address"
          description="The first part of every page's address. Old links stop working when it changes."
          required
          withAsterisk={false}
          maxLength={48}
          autoComplete="off"
          leftSection="/"
          value={fields.slug}
          error={refused?.fields.slug}
          onChange={(event) => {
            const slug = event.currentTarget.value;
            setSuggesting(false);
            setFields(({ name }) => ({ name, slug }));
          }}
        />
        <Group>
          <Button type="submit" loading={pending} disabled={!ready}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, '');
}
