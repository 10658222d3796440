import type { IncidentReport } from '@devsphere/shared/contracts/status.ts';
import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { TimeAgo } from '../time-ago.tsx';

/** One incident with everything told about it, newest first. */
export function IncidentCard({
  incident,
  children,
}: {
  incident: IncidentReport;
  children?: ReactNode;
}) {
  const over = incident.resolvedAt !== null;
  return (
    <Paper withBorder p="md" component="article" id={incident.id} aria-label={incident.title}>
      <Group justify="space-between" gap="sm" mb="xs">
        <Title order={3}>{incident.title}</Title>
        <Badge color={over ? 'green' : 'yellow'} variant="light" tt="capitalize" radius="sm">
          {incident.state}
        </Badge>
      </Group>
      <Stack gap="xs">
        {incident.updates.map(({ id, state, body, at }) => (
          <div key={id}>
            <Text size="sm" c="dimmed">
              <b>{state}</b>, <TimeAgo at={at} />
            </Text>
            <Text style={{ whiteSpace: 'pre-line' }}>{body}</Text>
          </div>
        ))}
        {children}
      </Stack>
    </Paper>
  );
}
