'use client';

import { Alert, Button, Group, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

type SecretFormProps = {
  label: string;
  description: string;
  placeholder: string;
  /** Name of the field in the answer. */
  field: string;
  submitLabel: string;
  /** Set when the secret may be left out, since there is one. */
  optional?: boolean;
  /** Fields besides the secret, given what is wrong with each. */
  more?: (problems: Record<string, string>) => ReactNode;
  action: (secret: string) => Promise<SettingsAnswer>;
};

/** Takes a secret, which never comes back to this page. */
export function SecretForm({
  label,
  description,
  placeholder,
  field,
  submitLabel,
  optional = false,
  more,
  action,
}: SecretFormProps) {
  const ready = useReady();
  const [secret, setSecret] = useState('');
  const [refused, setRefused] = useState<SettingsAnswer>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await action(secret).catch(() => notSent);
      setRefused(answer);
      if (!answer) setSecret('');
    });
  };
  const fields = refused?.fields ?? {};
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {refused && Object.keys(fields).length === 0 && (
          <Alert color="red" role="alert">
            {refused.message}
          </Alert>
        )}
        <PasswordInput
          label={label}
          description={description}
          placeholder={placeholder}
          required={!optional}
          autoComplete="off"
          maxLength={1_000}
          value={secret}
          error={fields[field]}
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        {more?.(fields)}
        <Group>
          <Button type="submit" disabled={!ready} loading={pending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const notSent = {
  message: 'It could not be saved. Check your connection and try again.',
  fields: {},
};
