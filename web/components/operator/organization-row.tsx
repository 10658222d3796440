import type { ListedOrganization } from '@devsphere/shared/contracts/operator.ts';
import type { Plan } from '@devsphere/shared/contracts/plan.ts';
import { Badge, Group, Text } from '@mantine/core';
import { changePlanAction, liftConcurrencyAction } from '../../app/operator/actions.ts';
import { formatCost } from '../../lib/format.ts';
import { TimeAgo } from '../time-ago.tsx';
import { ConcurrencyButton } from './concurrency-button.tsx';
import classes from './console.module.css';
import { ReasonButton } from './reason-button.tsx';

type OrganizationRowProps = { organization: ListedOrganization; plans: Plan[] };

/** An organisation with its plan, the plans it could have instead, and how many of its tasks run at once. */
export function OrganizationRow({ organization, plans }: OrganizationRowProps) {
  const { orgId, name, slug, concurrency } = organization;
  const own = plans.find(({ plan }) => plan === organization.plan);
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          <Badge variant="light" tt="none" radius="sm">
            {own?.name ?? organization.plan}
          </Badge>
          {concurrency && (
            <Badge variant="light" color="yellow" tt="none" radius="sm">
              {concurrency.concurrentTasks} at once, overridden
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {slug}
        </Text>
        {concurrency && (
          <Text size="sm" c="dimmed">
            {concurrency.by} let {concurrency.concurrentTasks} tasks run at once{' '}
            <TimeAgo at={concurrency.at} />: “{concurrency.reason}”
            {own && ` The plan’s own number is ${own.concurrentTasks}.`}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <ConcurrencyButton
          key={concurrency?.concurrentTasks ?? own?.concurrentTasks}
          orgId={orgId}
          name={name}
          holds={concurrency?.concurrentTasks ?? own?.concurrentTasks ?? 1}
        />
        {concurrency && (
          <ReasonButton
            label="Lift override"
            aria-label={`Lift override of ${name}`}
            question={`Let the plan of ${name} hold again?`}
            confirm="Lift override"
            explanation={`${own ? `${own.concurrentTasks} tasks run at once instead of ${concurrency.concurrentTasks}` : 'The plan’s number holds'} at once. Running ones finish.`}
            action={liftConcurrencyAction.bind(null, { orgId })}
          />
        )}
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
