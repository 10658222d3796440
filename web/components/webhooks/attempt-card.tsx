import type { WebhookDeliveryDetail } from '@devsphere/shared/contracts/http/webhook.ts';
import { Group, Text } from '@mantine/core';
import { formatDuration } from '../../lib/format.ts';
import { CopyableCode } from '../api-keys/copyable-code.tsx';
import { SettingsCard } from '../settings/settings-card.tsx';
import { TimeAgo } from '../time-ago.tsx';

type Attempt = WebhookDeliveryDetail['log'][number];

/** One attempt: what was sent along, and what came back. */
export function AttemptCard({ attempt }: { attempt: Attempt }) {
  const answer = [
    ...(attempt.responseHeaders ? lines(attempt.responseHeaders) : []),
    '',
    attempt.responseBody || '(no body)',
  ].join('\n');
  return (
    <SettingsCard title={`Attempt ${attempt.attempt}`}>
      <Group gap="md">
        <Text size="sm" fw={550}>
          {attempt.status === null ? 'No answer' : `Answered ${attempt.status}`}
        </Text>
        <Text size="sm" c="dimmed">
          <TimeAgo at={attempt.at} /> · took {formatDuration(attempt.tookMs)}
        </Text>
      </Group>
      {attempt.error && <Text size="sm">{attempt.error}</Text>}
      <CopyableCode label="Request headers" text={lines(attempt.requestHeaders).join('\n')} />
      {attempt.status !== null && <CopyableCode label="Response" text={answer.trim()} />}
    </SettingsCard>
  );
}

function lines(headers: Record<string, string>): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}
