import type { ConcurrencyOverride, Plan } from '@devsphere/shared/contracts/plan.ts';
import { Badge, Group, Paper, Title } from '@mantine/core';
import { Fact, FactList } from './fact-list.tsx';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

type PlanCardProps = {
  plan: Plan;
  /** Null for a plan that the organisation does not have. */
  seatsTaken: number | null;
  /** What holds for the organisation instead of its plan's number; null for other plans, and while that holds. */
  concurrency: ConcurrencyOverride | null;
};

/** What a plan includes. */
export function PlanCard({ plan, seatsTaken, concurrency }: PlanCardProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={plan.name}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{plan.name}</Title>
        {seatsTaken !== null && (
          <Badge variant="light" tt="none" radius="sm">
            your plan
          </Badge>
        )}
      </Group>
      <FactList>
        <Fact name="Seats">
          {seatsTaken !== null ? `${seatsTaken} of ${plan.seats} taken` : plan.seats}
        </Fact>
        <Fact name="Tasks at once">
          {concurrency
            ? `${concurrency.concurrentTasks}, set by us instead of ${plan.concurrentTasks}`
            : plan.concurrentTasks}
        </Fact>
        <Fact name="Tasks that may wait">{plan.waitingTasks.toLocaleString('en')}</Fact>
        <Fact name="Streamed text">{plan.eventRetentionDays} days</Fact>
        <Fact name="Budget a month">
          ${whole.format(plan.monthlyBudgetNanoUsd / 1_000_000_000)}
        </Fact>
      </FactList>
    </Paper>
  );
}
