import type { ProviderOverview } from '@devsphere/shared/contracts/operator.ts';
import { Alert, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { TimeAgo } from '../time-ago.tsx';
import { ProviderLimitsButton } from './provider-limits-button.tsx';

const limit = (value: number | null, of: string) =>
  value === null ? `no limit of ${of}` : `${value.toLocaleString('en')} ${of} a minute at most`;

/** The platform's account at the model provider: whether it takes calls, and how many. */
export function ProviderCard({ provider }: { provider: ProviderOverview }) {
  const { openedAt, triesAgainAt, blockedUntil, requestsPerMinute, tokensPerMinute } = provider;
  const state = openedAt ? 'Failing' : blockedUntil ? 'Asked us to wait' : 'Takes calls';
  return (
    <Paper withBorder p="md" component="section" aria-label="Claude">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Title order={3}>Claude</Title>
            <Badge
              color={openedAt ? 'red' : blockedUntil ? 'yellow' : 'green'}
              variant="light"
              tt="none"
              radius="sm"
              data-testid="provider-state"
            >
              {state}
            </Badge>
          </Group>
          <ProviderLimitsButton
            key={`${requestsPerMinute} ${tokensPerMinute}`}
            requestsPerMinute={requestsPerMinute}
            tokensPerMinute={tokensPerMinute}
          />
        </Group>
        {openedAt && (
          <Alert color="red" p="xs">
            Calls have kept failing since <TimeAgo at={openedAt} />. Tasks wait and use up no
            attempt; one call at a time tries whether it answers again
            {triesAgainAt && (
              <>
                , next <TimeAgo at={triesAgainAt} />
              </>
            )}
            .
          </Alert>
        )}
        {blockedUntil && !openedAt && (
          <Alert color="yellow" p="xs">
            It asked us to send nothing before <TimeAgo at={blockedUntil} />.
          </Alert>
        )}
        <Text size="sm" c="dimmed">
          The platform’s account: {limit(requestsPerMinute, 'requests')},{' '}
          {limit(tokensPerMinute, 'tokens')}.
          {provider.closedOwnAccounts > 0 &&
            ` Own accounts of organisations that take no calls now: ${provider.closedOwnAccounts}.`}
        </Text>
      </Stack>
    </Paper>
  );
}
