import type { ScheduleRun, ScheduleSummary } from '@devsphere/shared/contracts/http/schedule.ts';
import { Badge } from '@mantine/core';

const labels = {
  active: { label: 'Active', color: 'green' },
  paused: { label: 'Paused', color: 'yellow' },
  pending: { label: 'Starting', color: 'blue' },
  fired: { label: 'Submitted', color: 'green' },
  skipped: { label: 'Skipped', color: 'gray' },
  failed: { label: 'Failed', color: 'red' },
} as const;

/** The state of a schedule or of one of its runs. */
export function ScheduleStateBadge({
  state,
}: {
  state: ScheduleSummary['state'] | ScheduleRun['state'];
}) {
  const { label, color } = labels[state];
  return (
    <Badge color={color} variant="light" tt="none" fw={600} radius="sm" data-state={state}>
      {label}
    </Badge>
  );
}
