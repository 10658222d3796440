import type { ListedOrganization } from '@devsphere/shared/contracts/operator.ts';
import type { Plan } from '@devsphere/shared/contracts/plan.ts';
import { Badge, Group, Text } from '@mantine/core';
import { changePlanAction } from '../../app/operator/actions.ts';
import { formatCost } from '../../lib/format.ts';
import classes from './console.module.css';
import { ReasonButton } from './reason-button.tsx';

type OrganizationRowProps = { organization: ListedOrganization; plans: Plan[] };

/** An organisation with its plan, and the plans it could have instead. */
export function OrganizationRow({ organization, plans }: OrganizationRowProps) {
  const { orgId, name, slug } = organization;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          <Badge variant="light" tt="none" radius="sm">
            {plans.find(({ plan }) => plan === organization.plan)?.name ?? organization.plan}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {slug}
        </Text>
      </div>
      <Group gap="xs">
        {plans
          .filter(({ plan }) => plan !== organization.plan)
          .map((plan) => (
            <ReasonButton
              key={plan.plan}
              label={plan.name}
              aria-label={`Give ${name} the plan ${plan.name}`}
              question={`Give ${name} the plan ${plan.name}?`}
              confirm="Change plan"
              explanation={`${plan.seats} seats, ${plan.concurrentTasks} tasks at once, ${plan.waitingTasks.toLocaleString('en')} waiting at most, ${formatCost(plan.monthlyBudgetNanoUsd)} a month, text kept for ${plan.eventRetentionDays} days. It holds from the next request on; nobody is removed. The organisation reads of it in its audit log.`}
              action={changePlanAction.bind(null, { orgId, plan: plan.plan })}
            />
          ))}
      </Group>
    </li>
  );
}
