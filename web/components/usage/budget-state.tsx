import type { Budget } from '@devsphere/shared/contracts/http/usage.ts';
import { Alert, Group, ProgressRoot, ProgressSection, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { formatCost } from '../../lib/format.ts';

/** How much of the budget is spent, set aside and left. */
export function BudgetState({ budget }: { budget: Budget }) {
  const { monthlyLimitNanoUsd: limit, spentNanoUsd: spent, reservedNanoUsd: reserved } = budget;
  const part = (amount: number) => (limit > 0 ? Math.min(100, (amount / limit) * 100) : 100);
  const left = Math.max(0, limit - spent - reserved);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          {formatCost(spent)} of {formatCost(limit)} spent
        </Text>
        <Text size="sm" c="dimmed">
          {reserved > 0 && `${formatCost(reserved)} set aside for open tasks · `}
          {formatCost(left)} left
        </Text>
      </Group>
      <ProgressRoot size="lg">
        <ProgressSection
          value={part(spent)}
          color={spent >= limit ? 'red' : 'blue'}
          aria-label="Spent"
        />
        <ProgressSection
          value={Math.min(part(reserved), 100 - part(spent))}
          color="gray"
          aria-label="Set aside for open tasks"
        />
      </ProgressRoot>
      <Text size="sm" c="dimmed">
        Calls on the organisation’s own Anthropic key count too, at list prices: the budget bounds
        what is spent, whoever sends the bill.
      </Text>
      {left === 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="The budget is used up">
          New tasks are refused until the next month or a higher budget. Running tasks finish.
        </Alert>
      )}
    </Stack>
  );
}
