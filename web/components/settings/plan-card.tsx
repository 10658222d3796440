import type { Plan } from '@devsphere/shared/contracts/plan.ts';
import { Badge, Group, Paper, Title } from '@mantine/core';
import { Fact, FactList } from './fact-list.tsx';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What a plan includes. `seatsTaken` is null for a plan that the organisation does not have. */
export function PlanCard({ plan, seatsTaken }: { plan: Plan; seatsTaken: number | null }) {
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
        <Fact name="Tasks at once">{plan.concurrentTasks}</Fact>
        <Fact name="Tasks that may wait">{plan.waitingTasks.toLocaleString('en')}</Fact>
        <Fact name="Streamed text">{plan.eventRetentionDays} days</Fact>
        <Fact name="Budget a month">
          ${whole.format(plan.monthlyBudgetNanoUsd / 1_000_000_000)}
        </Fact>
      </FactList>
    </Paper>
  );
}
