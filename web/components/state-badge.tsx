import type { TaskState } from '@devsphere/shared/tasks/states.ts';
import { Badge } from '@mantine/core';
import { stateLabels } from '../lib/task-labels.ts';

type StateBadgeProps = { state: TaskState; stopping?: boolean; testId?: string };

/** A task's state. `stopping` says that a running task was asked to stop. */
export function StateBadge({ state, stopping = false, testId }: StateBadgeProps) {
  const { label, color } = stateLabels[state];
  return (
    <Badge
      color={color}
      variant="light"
      tt="none"
      fw={600}
      radius="sm"
      data-state={state}
      data-testid={testId}
    >
      {stopping ? 'Stopping' : label}
    </Badge>
  );
}
