'use client';

import type { WebhookEndpoint } from '@devsphere/shared/contracts/http/webhook.ts';
import { outgoingEventNames, outgoingEvents } from '@devsphere/shared/contracts/outgoing-events.ts';
import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState, useTransition } from 'react';
import { saveWebhookAction } from '../../app/[org]/settings/webhooks/actions.ts';
import { newKey } from '../../lib/browser/new-key.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

type WebhookFormProps = {
  org: string;
  /** Null for a new one. */
  endpoint: WebhookEndpoint | null;
  /** With the signing secret of a new one. */
  onSaved: (secret: string | null) => void;
  onCancel: () => void;
};

/** Where a webhook is and what it hears of. */
export function WebhookForm({ org, endpoint, onSaved, onCancel }: WebhookFormProps) {
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [events, setEvents] = useState(endpoint?.events ?? ['task.succeeded', 'task.failed']);
  const [refused, setRefused] = useState<SettingsAnswer>(null);
  const [idempotencyKey] = useState(newKey);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await saveWebhookAction({
        org,
        endpointId: endpoint?.id ?? null,
        url,
        description,
        events,
        idempotencyKey,
      }).catch(() => notSent);
      if ('refused' in answer) setRefused(answer.refused);
      else onSaved(answer.secret);
    });
  };
  const fields = refused?.fields ?? {};
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {refused && Object.keys(fields).length === 0 && (
          <Alert color="red" role="alert">
            {refused.message}
          </Alert>
        )}
        <TextInput
          label="Address"
          description="A public https address of yours that takes POST requests."
          placeholder="https://example.com/hooks/devsphere"
          type="url"
          required
          maxLength={1_000}
          data-autofocus
          value={url}
          error={fields.url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          label="Description"
          maxLength={120}
          value={description}
          error={fields.description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Checkbox.Group
          label="Events"
          required
          value={events}
          error={fields.events}
          onChange={setEvents}
        >
          <Stack gap="xs" mt="xs">
            {outgoingEventNames.map((name) => (
              <Checkbox key={name} value={name} label={outgoingEvents[name]} description={name} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {endpoint ? 'Save changes' : 'Create webhook'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const notSent = {
  refused: { message: 'It could not be saved. Check your connection and try again.', fields: {} },
};
