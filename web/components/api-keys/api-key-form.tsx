'use client';

import { apiKeyScopeNames, apiKeyScopes } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { Alert, Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState, useTransition } from 'react';
import {
  type ApiKeyRefused,
  createApiKeyAction,
} from '../../app/[org]/settings/api-keys/actions.ts';
import { newKey } from '../../lib/browser/new-key.ts';

const lifetimes = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: '', label: 'Never' },
];

type ApiKeyFormProps = { org: string; onMade: (token: string) => void; onCancel: () => void };

/** What a new key is called, what it may do, and until when. */
export function ApiKeyForm({ org, onMade, onCancel }: ApiKeyFormProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['tasks.read', 'tasks.submit']);
  const [days, setDays] = useState('90');
  const [refused, setRefused] = useState<ApiKeyRefused | null>(null);
  const [pending, startTransition] = useTransition();
  // One form, one key, however often it is sent.
  const [idempotencyKey, setIdempotencyKey] = useState(newKey);
  const problemOf = (field: string) =>
    refused?.fields.find((each) => each.field.split('.')[0] === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await createApiKeyAction({
        org,
        name,
        scopes,
        days: days ? Number(days) : null,
        idempotencyKey,
      }).catch(() => notSent);
      if ('token' in answer) return onMade(answer.token);
      setRefused(answer.refused);
      setIdempotencyKey(newKey());
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {refused && refused.fields.length === 0 && (
          <Alert color="red" role="alert">
            {refused.message}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="The program that will use it."
          required
          maxLength={120}
          data-autofocus
          value={name}
          error={problemOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label="What it may do"
          required
          value={scopes}
          error={problemOf('scopes')}
          onChange={(chosen) =>
            // Whoever submits is answered with the task, so reading comes with it.
            setScopes([
              ...new Set([...chosen, ...(chosen.includes('tasks.submit') ? ['tasks.read'] : [])]),
            ])
          }
        >
          <Stack gap="xs" mt="xs">
            {apiKeyScopeNames.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} description={apiKeyScopes[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Stops working"
          data={lifetimes}
          allowDeselect={false}
          maw={240}
          value={days}
          error={problemOf('expiresAt')}
          onChange={(value) => setDays(value ?? '')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const notSent = {
  refused: {
    message:
      'The key could not be made. Check your connection, then look whether it is in the list.',
    fields: [],
  },
};
