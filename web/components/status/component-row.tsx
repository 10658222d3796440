import type { ComponentStatus } from '@devsphere/shared/contracts/status.ts';
import { Badge, Group, Text } from '@mantine/core';
import { componentLabels, dayBars, uptime } from '../../lib/status-labels.ts';
import { TimeAgo } from '../time-ago.tsx';
import classes from './status.module.css';

const shownDays = 90;

/** One component: how it is now and why, and a bar for each day. */
export function ComponentRow({ component, now }: { component: ComponentStatus; now: number }) {
  const { label, color } = componentLabels[component.state];
  const bars = dayBars(component.days, shownDays, now);
  const known = uptime(component.days);
  return (
    <li className={classes.row} data-testid={`component-${component.id}`}>
      <Group justify="space-between" gap="xs" mb="xs" wrap="nowrap">
        <div>
          <Text fw={600}>{component.name}</Text>
          <Text size="sm" c="dimmed">
            {component.description}
          </Text>
        </div>
        <Badge
          flex="none"
          color={color}
          variant="light"
          tt="none"
          radius="sm"
          data-state={component.state}
        >
          {label}
        </Badge>
      </Group>
      <div
        className={classes.bars}
        role="img"
        aria-label={`${component.name}, last ${shownDays} days: ${known ? `${known} available` : 'no data'}; ${component.days.length} days with data`}
      >
        {bars.map(({ day, state, title }) => (
          <span key={day} className={classes.bar} data-state={state} title={title} />
        ))}
      </div>
      <Group justify="space-between" gap="xs" mt={6}>
        <Text size="sm" c="dimmed">
          {component.detail}
          {component.sampledAt && (
            <>
              {' '}
              Probed <TimeAgo at={component.sampledAt} />.
            </>
          )}
        </Text>
        <Text size="sm" c="dimmed">
          {known ? `${known} over ${component.days.length} of ${shownDays} days` : 'No data yet'}
        </Text>
      </Group>
    </li>
  );
}
