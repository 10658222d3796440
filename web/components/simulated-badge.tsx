import { Badge } from '@mantine/core';

/** Marks output that the Claude simulator made. */
export function SimulatedBadge() {
  return (
    <Badge
      color="violet"
      variant="outline"
      tt="none"
      fw={600}
      radius="sm"
      title="Made by the Claude simulator, not by a model"
    >
      Simulated
    </Badge>
  );
}
