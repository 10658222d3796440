'use client';

import type { Integration } from '@devsphere/shared/contracts/http/integration.ts';
import { outgoingEventNames, outgoingEvents } from '@devsphere/shared/contracts/outgoing-events.ts';
import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { saveChatAction } from '../../app/[org]/settings/integrations/actions.ts';
import { SettingsCard } from '../settings/settings-card.tsx';
import { Connected } from './connected.tsx';
import { SecretForm } from './secret-form.tsx';

const firstChoice = ['task.failed', 'schedule.paused', 'budget.alert'];

type ChatCardProps = { org: string; integration: Integration | null };

/** A chat that is told of events. */
export function ChatCard({ org, integration }: ChatCardProps) {
  const [events, setEvents] = useState(integration?.events ?? firstChoice);
  return (
    <SettingsCard
      title="Chat"
      text="Messages to Slack, or to any chat that takes Slack’s incoming webhooks, each with a link to what it tells of."
    >
      {integration && (
        <Connected
          org={org}
          integration={integration}
          testLabel="Send a test message"
          afterwards="The address is deleted here and nothing more is written there."
        />
      )}
      <SecretForm
        label="Address of the incoming webhook"
        description={
          integration
            ? 'Leave it empty to keep the one that is connected.'
            : 'Whoever has it can write there, so it is sealed like a password.'
        }
        placeholder="https://hooks.slack.com/services/…"
        field="url"
        optional={integration !== null}
        submitLabel={integration ? 'Save changes' : 'Connect'}
        action={(url) =>
          saveChatAction({ org, url: integration && url.trim() === '' ? null : url, events })
        }
        more={({ events: wrong }) => (
          <Checkbox.Group label="Tell of" value={events} error={wrong} onChange={setEvents}>
            <Stack gap="xs" mt="xs">
              {outgoingEventNames.map((name) => (
                <Checkbox key={name} value={name} label={outgoingEvents[name]} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      />
    </SettingsCard>
  );
}
