'use client';

import type { Integration } from '@devsphere/shared/contracts/http/integration.ts';
import { Alert, Badge, Group, Text } from '@mantine/core';
import {
  disconnectIntegrationAction,
  testIntegrationAction,
} from '../../app/[org]/settings/integrations/actions.ts';
import { ConfirmButton } from '../settings/confirm-button.tsx';
import { TimeAgo } from '../time-ago.tsx';
import { CommandButton } from '../webhooks/command-button.tsx';

const states = {
  checking: ['Being checked', 'gray'],
  working: ['Working', 'green'],
  broken: ['Broken', 'red'],
} as const;

type ConnectedProps = {
  org: string;
  integration: Integration;
  testLabel: string;
  /** What disconnecting means. */
  afterwards: string;
};

/** How an integration fares, with the ways to test and to end it. */
export function Connected({ org, integration, testLabel, afterwards }: ConnectedProps) {
  const [label, color] = states[integration.state];
  const target = { org, kind: integration.kind };
  return (
    <>
      <Group gap="sm">
        <Badge variant="light" color={color}>
          {label}
        </Badge>
        <Text size="sm" ff="monospace">
          {integration.hint}
        </Text>
        {integration.checkedAt && (
          <Text size="sm" c="dimmed">
            checked <TimeAgo at={integration.checkedAt} />
          </Text>
        )}
      </Group>
      {integration.stateReason && <Alert color="red">{integration.stateReason}</Alert>}
      <Group gap="xs">
        <CommandButton action={() => testIntegrationAction(target)} done="A worker looks now.">
          {testLabel}
        </CommandButton>
        <ConfirmButton
          label="Disconnect"
          aria-label={`Disconnect ${integration.kind}`}
          question="Disconnect it?"
          confirm="Disconnect"
          explanation={afterwards}
          action={() => disconnectIntegrationAction(target)}
        />
      </Group>
    </>
  );
}
